using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Relocation.Testing.Keys;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Records;

/// <summary>One reference of a model, bound to the records that it may lead to.</summary>
internal sealed class ReferenceState
{
    private readonly AlternateKeys? _alternate;
    private readonly bool[]? _types;
    private readonly bool[]? _ofTypes;
    private readonly RelocationEntity _entity;
    private List<ColumnState>? _nulled;
    private (int KeyPart, List<RecordKey?>? Values)[]? _noted;

    /// <param name="entity">The model that refers.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="target">The records of the model referred to, or null when the relocation model does not know it.</param>
    /// <param name="policy">What happens when the reference leads nowhere.</param>
    internal ReferenceState(
        RelocationEntity entity, RelocationReference reference, KeyTable? target, UnresolvedReferencePolicy policy)
    {
        Reference = reference;
        Target = target;
        Policy = policy;
        _alternate = reference.TargetFields.Count == 0 ? null : target?.Alternate(reference.TargetFields);
        _types = reference.TargetTypes.Count == 0 || target is null
            ? null
            : [.. target.Entity.Types.Select(type => reference.TargetTypes.Contains(type.Label))];
        _ofTypes = entity.Types.Count == 0
            ? null
            : [.. entity.Types.Select(type => type.Rows.References.Any(own => own.Name == reference.Name && own.Target == reference.Target))];
        Parts = new RecordKey?[reference.Fields.Count];
        _entity = entity;
    }

    internal RelocationReference Reference { get; }

    /// <summary>The columns that hold the reference.</summary>
    internal IReadOnlyList<ColumnState> Columns { get; set; } = [];

    /// <summary>The columns that become null with the reference: those that can, and are no other's if there are such.</summary>
    internal IReadOnlyList<ColumnState> NulledColumns => _nulled ??= NulledOf(Columns);

    internal KeyTable? Target { get; }

    internal UnresolvedReferencePolicy Policy { get; }

    /// <summary>Whether the reference can be taken back by a null in one of its columns.</summary>
    internal bool CanBeNull => Reference.Fields.Any(name => _entity.Fields.Any(held => held.Name == name && held.IsNullable));

    /// <summary>Whether the reference is by primary key, and to records of whatever type.</summary>
    internal bool LeadsToAnyKey => _alternate is null && _types is null;

    /// <summary>Whether it holds the values of an alternate key.</summary>
    internal bool IsAlternate => _alternate is not null;

    /// <summary>Whether it is one column that leads to a counted-up integer key, which nearly all references are.</summary>
    internal bool IsPlain { get; set; }

    /// <summary>The parts of the old key in the record being read; null for one that is null or absent.</summary>
    internal RecordKey?[] Parts { get; }

    /// <summary>The old keys kept for the snapshot, when they were asked for.</summary>
    internal ReferenceKeys? Kept { get; set; }

    internal long SetToNull { get; set; }

    internal RecordKeyKind PartKind(int part) => _alternate is not null
        ? _alternate.PartKind(part)
        : Target is not null && part < Target.Entity.Key.Fields.Count ? Target.Entity.Key.PartKind(part) : RecordKeyKind.Integer;

    /// <summary>
    /// Takes the parts from what was noted while the backup was indexed. They are null where the record is of a type that has no such
    /// reference, whatever else it has under that name.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void ReadParts(KeyTable table, int rank, FieldFacts? facts)
    {
        _noted ??= NotedParts(table.Entity, facts);
        var isHeld = _ofTypes is null || _ofTypes[table.TypeOf(rank)];
        for (var part = 0; part < _noted.Length; part++)
        {
            var (keyPart, values) = _noted[part];
            Parts[part] = !isHeld ? null : keyPart >= 0 ? table.Records.Keys[rank].Part(keyPart) : values?[rank];
        }
    }

    /// <summary>Where the parts are found: in the key, or among what was noted.</summary>
    private (int KeyPart, List<RecordKey?>? Values)[] NotedParts(RelocationEntity entity, FieldFacts? facts)
    {
        var noted = new (int KeyPart, List<RecordKey?>? Values)[Parts.Length];
        for (var part = 0; part < noted.Length; part++)
        {
            var name = Reference.Fields[part];
            var keyPart = entity.PositionInKey(name);
            noted[part] = (keyPart, keyPart >= 0 ? null : facts?.ColumnOf(name, PartKind(part)));
        }

        return noted;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal DropReason? Find(RecordKey key, out int rank)
    {
        rank = -1;
        if (Target is null)
        {
            return DropReason.UnknownModel;
        }

        if (_alternate is not null ? !_alternate.TryFind(key, out rank) : !Target.TryFind(key, out rank))
        {
            var isThere = _alternate is not null
                ? _alternate.IsInDatabase(key)
                : Target.KnownMapping(key) is not null || Target.IsInDatabase(key);
            return isThere ? null : DropReason.Absent;
        }

        if (_types is not null && !_types[Target.TypeOf(rank)])
        {
            return DropReason.OtherType;
        }

        return Target.StateOf(rank) switch
        {
            RecordState.Taken or RecordState.Existing or RecordState.Overwritten => null,
            RecordState.OutOfScope => DropReason.OutOfScope,
            RecordState.Filtered => DropReason.Filtered,
            _ => DropReason.Dropped,
        };
    }

    /// <summary>What the reference holds once the record found has its new key.</summary>
    internal RecordKey NewKey(RecordKey old, int rank, KeyTables tables) =>
        _alternate is not null ? _alternate.NewKey(old, rank, tables) : tables.NewKey(Target!, rank);

    /// <summary>Notes that a row holds the new key of a record that the reference leads to.</summary>
    internal void Tell(KeyTables tables)
    {
        if (_alternate is not null)
        {
            _alternate.Tell(tables);
        }
        else
        {
            tables.Tell(Target!);
        }
    }

    /// <summary>The old primary key of the record referred to, which the snapshot shows.</summary>
    internal RecordKey? ShownKey() => OldKey() is not { } key
        ? null
        : _alternate is not null && _alternate.TryFind(key, out var rank) ? Target!.Records.Keys[rank] : key;

    private static List<ColumnState> NulledOf(IReadOnlyList<ColumnState> columns)
    {
        var nullable = columns.Where(column => column.Field.IsNullable && column.KeyPart < 0).ToList();
        var own = nullable.Where(column => column.Parts.Count < 2).ToList();
        return own.Count > 0 ? own : nullable;
    }

    /// <summary>Reads a value as a part of a key; one that is no text is taken for the text that it is written as.</summary>
    internal static RecordKey? ReadValue(ref FieldReader value, RecordKeyKind kind) =>
        ReadKey(ref value, kind) ?? (kind == RecordKeyKind.Text && value.Kind is JsonToken.Number or JsonToken.True or JsonToken.False
            ? RecordKey.From(System.Text.Encoding.UTF8.GetString(value.Value))
            : null);

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
