using System.Buffers;
using System.Buffers.Text;
using Relocation.Testing.Backups;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Importing;

/// <summary>One reference of a model, bound to the records that it may lead to.</summary>
internal sealed class ReferenceBinding
{
    private readonly RelocationEntity _entity;

    /// <param name="entity">The model that refers.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="target">The records of the model referred to, or null when the relocation model does not know it.</param>
    /// <param name="policy">What happens when the reference leads nowhere.</param>
    internal ReferenceBinding(
        RelocationEntity entity, RelocationReference reference, KeyTable? target, UnresolvedReferencePolicy policy)
    {
        Reference = reference;
        Target = target;
        Policy = policy;
        Parts = new RecordKey?[reference.Fields.Count];
        _entity = entity;
    }

    internal RelocationReference Reference { get; }

    /// <summary>The columns that hold the reference.</summary>
    internal IReadOnlyList<ColumnBinding> Columns { get; set; } = [];

    internal KeyTable? Target { get; }

    internal UnresolvedReferencePolicy Policy { get; }

    /// <summary>Whether the reference can be taken back by a null in one of its columns.</summary>
    internal bool CanBeNull => Reference.Fields.Any(name => _entity.Fields.Any(held => held.Name == name && held.IsNullable));

    /// <summary>Whether it is one column that leads to a counted-up integer key, which nearly all references are.</summary>
    internal bool IsPlain { get; set; }

    /// <summary>The parts of the old key in the record being read; null for one that is null or absent.</summary>
    internal RecordKey?[] Parts { get; }

    /// <summary>The old keys kept for the snapshot, when they were asked for.</summary>
    internal ReferenceKeys? Kept { get; set; }

    internal long SetToNull { get; set; }

    internal RecordKeyKind PartKind(int part) =>
        Target is not null && part < Target.Entity.Key.Fields.Count ? Target.Entity.Key.PartKind(part) : RecordKeyKind.Integer;

    /// <summary>Takes the parts from what was noted while the backup was indexed.</summary>
    internal void ReadParts(KeyTable table, int rank, FieldFacts? facts)
    {
        for (var part = 0; part < Parts.Length; part++)
        {
            var name = Reference.Fields[part];
            var keyPart = table.Entity.PositionInKey(name);
            Parts[part] = keyPart >= 0 ? table.Records.Keys[rank].Parts[keyPart] : facts?[name, rank];
        }
    }

    /// <summary>The old key of the record being read, or null when a part of it is null.</summary>
    internal RecordKey? OldKey()
    {
        if (Parts.Length == 1)
        {
            return Parts[0];
        }

        return Array.Exists(Parts, part => part is null) ? null : RecordKey.From([.. Parts.Select(part => part!.Value)]);
    }

    /// <summary>
    /// Finds the record referred to; when it is not there, says why. The rank is -1 for one that this backup does not hold: it was
    /// imported before, or is the database's own.
    /// </summary>
    internal DropReason? Find(RecordKey key, out int rank)
    {
        rank = -1;
        if (Target is null)
        {
            return DropReason.UnknownModel;
        }

        if (!Target.TryFind(key, out rank))
        {
            return Target.KnownMapping(key) is not null || Target.IsInDatabase(key) ? null : DropReason.Absent;
        }

        return Target.StateOf(rank) switch
        {
            RecordState.Taken or RecordState.Existing or RecordState.Overwritten => null,
            RecordState.OutOfScope => DropReason.OutOfScope,
            RecordState.Filtered => DropReason.Filtered,
            _ => DropReason.Dropped,
        };
    }

    /// <summary>Reads a value as a key of that kind; null when it is none.</summary>
    internal static RecordKey? ReadKey(ref FieldReader value, RecordKeyKind kind)
    {
        switch (kind)
        {
            case RecordKeyKind.Integer:
                return value.Kind == JsonToken.Number
                    && Utf8Parser.TryParse(value.Value, out long number, out var used) && used == value.Value.Length
                    ? RecordKey.From(number)
                    : null;
            case RecordKeyKind.Guid:
                return value.Kind == JsonToken.String && Utf8Parser.TryParse(value.Value, out Guid guid, out used)
                    && used == value.Value.Length
                    ? RecordKey.From(guid)
                    : null;
            case RecordKeyKind.Text when value.Kind == JsonToken.String:
                var buffer = ArrayPool<byte>.Shared.Rent(value.Value.Length);
                var length = JsonText.Unescape(value.Value, buffer);
                var key = RecordKey.From(System.Text.Encoding.UTF8.GetString(buffer, 0, length));
                ArrayPool<byte>.Shared.Return(buffer);
                return key;
            default:
                return null;
        }
    }
}
