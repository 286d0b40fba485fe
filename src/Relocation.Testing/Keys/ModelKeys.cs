using Relocation.Testing.Backups;

namespace Relocation.Testing.Keys;

/// <summary>One model's part of a pk map: parallel columns, one entry for each record that found a row.</summary>
/// <remarks>Entries are in the order of the backup; readers sort where they show them.</remarks>
internal sealed class ModelKeys(ModelLabel model, KeyColumn? old = null)
{
    internal ModelLabel Model { get; } = model;

    /// <summary>The keys in the backup: a column of the map's own, or, where every record found a row, the index's.</summary>
    internal KeyColumn Old { get; } = old ?? new KeyColumn();

    internal KeyColumn New { get; } = new();

    /// <summary>Kinds of the entries, or null while every record was inserted.</summary>
    internal List<KeyMappingKind>? Kinds { get; private set; }

    /// <summary>The references kept for a snapshot, one list for each reference of the model; empty unless asked for.</summary>
    internal List<ReferenceKeys> References { get; } = [];

    /// <summary>The numbers of the entries' types, where the model is a hierarchy of several; else null.</summary>
    internal List<byte>? Types { get; set; }

    internal int Count => New.Count;

    internal KeyMappingKind KindAt(int index) => Kinds is null ? KeyMappingKind.Inserted : Kinds[index];

    internal void Add(RecordKey old, RecordKey @new, KeyMappingKind kind)
    {
        Old.Add(old);
        AddNew(@new, kind);
    }

    /// <summary>Adds an entry whose old key is in its column already.</summary>
    internal void AddNew(RecordKey @new, KeyMappingKind kind)
    {
        if (Kinds is null && kind != KeyMappingKind.Inserted)
        {
            Kinds = [.. Enumerable.Repeat(KeyMappingKind.Inserted, Count)];
        }

        Kinds?.Add(kind);
        New.Add(@new);
    }
}
