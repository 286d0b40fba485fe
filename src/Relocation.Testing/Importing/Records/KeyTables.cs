using System.Runtime.CompilerServices;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Importing.Records;

/// <summary>The records of all models during one import.</summary>
internal sealed class KeyTables
{
    private readonly Dictionary<ModelLabel, KeyTable> _byLabel = [];
    private readonly Dictionary<KeyTable, List<KeyReference>> _keyReferences = [];
    private readonly RelocationModel _model;

    internal KeyTables(RelocationModel model, Backups.BackupIndex index, PrimaryKeyMap? known = null)
    {
        _model = model;
        foreach (var entity in model.Entities)
        {
            _byLabel.Add(entity.Label, new KeyTable(entity, index.Find(entity.Label)) { Known = known });
        }

        foreach (var table in _byLabel.Values.Where(table => table.Entity.Key.Policy == KeyPolicy.Compose))
        {
            _keyReferences.Add(table, [.. KeyReferencesOf(table.Entity)]);
        }
    }

    internal KeyTable this[RelocationEntity entity] => _byLabel[entity.Label];

    /// <summary>The records of that model, or null when the model does not know the label.</summary>
    internal KeyTable? Find(ModelLabel label) => _model.Find(label) is { } entity ? _byLabel[entity.Label] : null;

    /// <summary>The new key of a record, the parts of a composed key followed through their references.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal RecordKey NewKey(KeyTable table, int rank)
    {
        return _keyReferences.Count > 0 && _keyReferences.TryGetValue(table, out var references) && table.MappedKey(rank) is null
            ? ComposedKey(table, rank, references)
            : table.NewKey(rank);
    }

    /// <summary>Notes that somebody holds new keys of a model, and with them the keys that these are composed of.</summary>
    internal void Tell(KeyTable table)
    {
        if (table.IsTold)
        {
            return;
        }

        table.Tell();
        foreach (var (target, _) in _keyReferences.GetValueOrDefault(table, []))
        {
            Tell(target);
        }
    }

    private RecordKey ComposedKey(KeyTable table, int rank, List<KeyReference> references)
    {
        var old = table.Records.Keys[rank].Parts;
        var parts = new RecordKey[old.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = old[i];
        }

        foreach (var (target, positions) in references)
        {
            var key = positions.Length == 1 ? old[positions[0]] : RecordKey.From([.. positions.Select(position => old[position])]);
            if (NewKeyOf(target, key) is { } newKey)
            {
                var found = newKey.Parts;
                for (var i = 0; i < positions.Length; i++)
                {
                    parts[positions[i]] = found[i];
                }
            }
        }

        return parts.Length == 1 ? parts[0] : RecordKey.From(parts);
    }

    /// <summary>The new key of a record by its old one, be it of this backup or of one imported before; null when it is neither.</summary>
    internal RecordKey? NewKeyOf(KeyTable table, RecordKey key) =>
        table.TryFind(key, out var rank) ? NewKey(table, rank) : table.KnownMapping(key)?.New;

    /// <summary>What becomes of a record, or null when it is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal KeyMapping? MappingOf(KeyTable table, int rank) => KindOf(table.StateOf(rank)) is { } kind
        ? new KeyMapping(table.Entity.Label, table.Records.Keys[rank], NewKey(table, rank), kind)
        : null;

    /// <summary>A model's part of the pk map: what was decided about each record, once that is so for all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ModelKeys ToMap(KeyTable table)
    {
        var found = table.Taken + table.Mapped;
        var isWhole = found == table.Count && found > 0;
        var keys = new ModelKeys(table.Entity.Label, isWhole ? table.Records.Keys : null);
        keys.Types = table.Entity.Types.Count > 1 ? new List<byte>(found) : null;
        keys.New.EnsureCapacity(found);
        keys.References.AddRange(isWhole ? table.Shown : table.Shown.Select(shown => new ReferenceKeys(shown.Name, shown.Target)));
        for (var rank = 0; rank < table.Count; rank++)
        {
            if (KindOf(table.StateOf(rank)) is not { } kind)
            {
                continue;
            }

            keys.AddNew(NewKey(table, rank), kind);
            keys.Types?.Add((byte)table.TypeOf(rank));
            if (!isWhole)
            {
                keys.Old.Add(table.Records.Keys[rank]);
                for (var column = 0; column < table.Shown.Count; column++)
                {
                    keys.References[column].OldKeys.Add(table.Shown[column].OldKeys[rank]);
                }
            }
        }

        return keys;
    }

    /// <summary>What is done with a record in that state; null when it is left out.</summary>
    internal static KeyMappingKind? KindOf(RecordState state) => state switch
    {
        RecordState.Taken => KeyMappingKind.Inserted,
        RecordState.Existing => KeyMappingKind.Existing,
        RecordState.Overwritten => KeyMappingKind.Overwrite,
        _ => null,
    };

    /// <summary>The references that lie wholly within the key.</summary>
    private IEnumerable<KeyReference> KeyReferencesOf(RelocationEntity entity)
    {
        foreach (var reference in entity.References.Where(reference => reference.TargetFields.Count == 0))
        {
            var positions = reference.Fields.Select(entity.PositionInKey).ToArray();
            if (!positions.Contains(-1) && Find(reference.Target) is { } target)
            {
                yield return new KeyReference(target, positions);
            }
        }
    }

    private sealed record KeyReference(KeyTable Target, int[] Positions);
}
