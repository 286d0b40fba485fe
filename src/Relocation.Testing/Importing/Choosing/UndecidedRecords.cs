using System.Runtime.CompilerServices;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Choosing;

/// <summary>One model's records while rules and policies decide about them.</summary>
internal sealed class UndecidedRecords : IUndecidedRecords
{
    private readonly ImportContext _context;
    private readonly RecordValues _values;
    private readonly DropDecision _drops;
    private readonly List<(int Type, string Field, Func<int, object?> Read)> _sources = [];
    private readonly List<(int Type, string Field, RelocationField Written)> _written = [];
    private readonly List<(RelocationReference Reference, KeyTable? Target)> _targets = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <param name="table">The records.</param>
    /// <param name="context">The import.</param>
    /// <param name="drops">Where drops are noted.</param>
    internal UndecidedRecords(KeyTable table, ImportContext context, DropDecision drops)
    {
        Table = table;
        _context = context;
        _values = context.Noted.Values[table.Entity.Label];
        _drops = drops;
    }

    internal KeyTable Table { get; }

    internal ImportContext Context => _context;

    internal KeyTables Tables => _context.Tables;

    public RelocationEntity Entity => Table.Entity;

    /// <summary>The value that the row will have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public object? ValueOf(int rank, string field)
    {
        if (Table.Changes is { } changes && changes.TryGet(rank, field, out var changed))
        {
            return changed;
        }

        var type = Table.TypeOf(rank);
        foreach (var known in _sources)
        {
            if (known.Type == type && known.Field == field)
            {
                return known.Read(rank);
            }
        }

        var source = SourceOf(field, Table.RowsOf(rank));
        _sources.Add((type, field, source));
        return source(rank);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public object? OldValueOf(int rank, string field)
    {
        var part = Entity.PositionInKey(field);
        return part >= 0 ? PlainValue.Of(Table.Records.Keys[rank].Part(part)) : Known(field) ? _values[field, rank] : null;
    }

    public bool Has(int rank, string field) =>
        Entity.PositionInKey(field) >= 0 || (Known(field) && !_values.IsAbsent(field, rank));

    public void SetValue(int rank, string field, object? value)
    {
        value = PlainValue.Widened(value);
        if (ValueReader.CheckObject(WrittenField(rank, field), value) is { } wrong)
        {
            throw RuleErrors.ValueDoesNotFit(Entity, wrong);
        }

        Table.Change(rank, field, value);
    }

    /// <exception cref="ArgumentException">Rows have no such field, or it is part of the key or only the database's.</exception>
    private RelocationField WrittenField(int rank, string field)
    {
        var type = Table.TypeOf(rank);
        foreach (var known in _written)
        {
            if (known.Type == type && known.Field == field)
            {
                return known.Written;
            }
        }

        return AddWritten(type, Table.RowsOf(rank), field);
    }

    private RelocationField AddWritten(int type, RelocationEntity rows, string field)
    {
        var written = rows.WrittenFields.FirstOrDefault(written => written.Name == field);
        if (written is null || Entity.PositionInKey(field) >= 0)
        {
            throw RuleErrors.FieldNotWritten(Entity, field);
        }

        _written.Add((type, field, written));
        return written;
    }

    public RecordKey OldKey(int rank) => Table.Records.Keys[rank];

    public KeyMappingKind? KindOf(int rank) => KeyTables.KindOf(Table.StateOf(rank));

    /// <summary>The key of the row that a record becomes, for somebody who may keep it.</summary>
    public RecordKey ToldKey(int rank)
    {
        Tables.Tell(Table);
        return Tables.NewKey(Table, rank);
    }

    /// <summary>The value that the row will have, for somebody who may keep it.</summary>
    public object? ToldValue(int rank, string field)
    {
        if (_told.Add(field))
        {
            foreach (var target in Entity.References.Where(reference => reference.Fields.Contains(field)).Select(TargetOf).OfType<KeyTable>())
            {
                Tables.Tell(target);
            }

            if (Entity.PositionInKey(field) >= 0)
            {
                Tables.Tell(Table);
            }
        }

        return ValueOf(rank, field);
    }

    /// <summary>Where a reference leads, for somebody who may keep that.</summary>
    public KeyMapping? ToldReference(int rank, string name)
    {
        foreach (var reference in Entity.References)
        {
            if (reference.Name == name)
            {
                if (TargetOf(reference) is { } target)
                {
                    Tables.Tell(target);
                }

                return Follow(rank, reference);
            }
        }

        throw RuleErrors.NoReference(Entity, name);
    }

    public void Drop(int rank, string reason) => _drops.DropByRule(Table, rank, reason);

    internal void Map(int rank, RecordKey row, RecordState state) => Table.MapTo(rank, row, state);

    public void Map(int rank, RecordKey row, KeyMappingKind kind) =>
        Map(rank, row, kind == KeyMappingKind.Existing ? RecordState.Existing : RecordState.Overwritten);

    public void MapToRecord(int rank, ChunkRecord other)
    {
        if (other.Rank >= rank || other.Kind is null)
        {
            throw RuleErrors.CannotMapTo(Entity);
        }

        Table.MapTo(rank, other.NewKey, RecordState.Existing);
    }

    public void Refuse(int rank, BackupProblemKind kind, string message) => _context.Problems.Add(
        kind,
        message,
        Table.Records.PlaceOf(rank, _context.Problems.Shown(Table.Records.Keys[rank])) with { Rank = rank });

    /// <summary>Where a reference leads; a row that only the database holds is where natural keys lead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal KeyMapping? Follow(int rank, RelocationReference reference)
    {
        if (TargetOf(reference) is not { } target)
        {
            return null;
        }

        if (OldKeyOf(rank, reference) is not { } key)
        {
            return null;
        }

        if (reference.TargetFields.Count > 0)
        {
            return target.Alternate(reference.TargetFields) is { } alternate && alternate.TryFind(key, out var referred)
                ? Tables.MappingOf(target, referred)
                : null;
        }

        return target.TryFind(key, out var found) ? Tables.MappingOf(target, found)
            : target.KnownMapping(key) is { } known ? known
            : target.IsInDatabase(key) ? new KeyMapping(target.Entity.Label, key, key, KeyMappingKind.Existing)
            : null;
    }

    /// <summary>The key that a reference holds in the backup; null when a part of it is missing or no key.</summary>
    private RecordKey? OldKeyOf(int rank, RelocationReference reference)
    {
        if (reference.Fields.Count == 1)
        {
            return PlainValue.KeyOf(OldValueOf(rank, reference.Fields[0]));
        }

        var parts = new RecordKey[reference.Fields.Count];
        for (var part = 0; part < parts.Length; part++)
        {
            if (PlainValue.KeyOf(OldValueOf(rank, reference.Fields[part])) is not { } key)
            {
                return null;
            }

            parts[part] = key;
        }

        return RecordKey.From(parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private KeyTable? TargetOf(RelocationReference reference)
    {
        foreach (var known in _targets)
        {
            if (ReferenceEquals(known.Reference, reference))
            {
                return known.Target;
            }
        }

        _targets.Add((reference, Tables.Find(reference.Target)));
        return _targets[^1].Target;
    }

    /// <summary>The rank of the record referred to that is imported too, or -1.</summary>
    internal int RankOfTarget(int rank, RelocationReference reference) =>
        Follow(rank, reference) is { } mapping && TargetOf(reference)!.TryFind(mapping.Old, out var target) ? target : -1;

    /// <summary>Where a field's values come from: the key, a reference, or the record.</summary>
    private Func<int, object?> SourceOf(string field, RelocationEntity rows)
    {
        var part = Entity.PositionInKey(field);
        if (part >= 0)
        {
            return rank => PlainValue.Of(Tables.NewKey(Table, rank).Part(part));
        }

        var reference = rows.References.FirstOrDefault(
            reference => reference.Fields.Contains(field) && Tables.Find(reference.Target) is not null);
        if (reference is not null)
        {
            var position = reference.Fields.ToList().IndexOf(field);
            if (reference.TargetFields.Count > 0)
            {
                return rank => AlternateValue(rank, reference, field, position);
            }

            return rank => Follow(rank, reference)?.New.Part(position) is { } key ? PlainValue.Of(key) : null;
        }

        return Known(field) ? rank => _values.IsAbsent(field, rank) ? DefaultOf(rank, field) : _values[field, rank] : _ => null;
    }

    /// <summary>A part of an alternate key, which follows what becomes of the record that has it; a row of the database keeps it.</summary>
    private object? AlternateValue(int rank, RelocationReference reference, string field, int position)
    {
        var old = OldValueOf(rank, field);
        if (old is null || Tables.Find(reference.Target)!.Alternate(reference.TargetFields) is not { } alternate
            || OldKeyOf(rank, reference) is not { } key || !alternate.TryFind(key, out var target))
        {
            return old;
        }

        var part = alternate.NewKey(key, target, Tables).Parts[position];
        return part == key.Parts[position] ? old : PlainValue.Of(part);
    }

    private object? DefaultOf(int rank, string name)
    {
        if (Table.RowsOf(rank).FindField(name) is not { } field || field.Default is null or { Kind: FieldDefaultKind.Database })
        {
            return null;
        }

        var scratch = _values.Scratch;
        return PlainValue.Of(field, _context.Generated.DefaultOf(field, Entity.Label, Table.Records.Keys[rank], scratch), scratch);
    }

    private bool Known(string field) => _values.Has(field) ? true : throw RuleErrors.FieldNotNamed(Entity, field);
}
