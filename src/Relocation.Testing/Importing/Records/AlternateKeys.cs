using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Records;

/// <summary>The records of one model by values other than their primary key, for the references that hold those.</summary>
internal sealed class AlternateKeys
{
    private readonly KeyTable _table;
    private readonly Dictionary<RecordKey, int> _ranks = [];
    private readonly RelocationField[] _fields;
    private readonly RelocationReference?[] _followed;
    private readonly Dictionary<int, RecordKey> _ofRows = [];
    private readonly Dictionary<int, int> _standsFor = [];
    private Dictionary<int, RecordKey>? _byRank;
    private IReadOnlySet<RecordKey>? _inDatabase;

    internal AlternateKeys(KeyTable table, IReadOnlyList<string> fields, LayoutSet layouts, FieldFacts? facts)
    {
        _table = table;
        _fields = [.. fields.Select(name => table.Entity.FindField(name)!)];
        _followed = [.. fields.Select(name => table.Entity.References.FirstOrDefault(
            reference => reference.Fields is [var only] && only == name && reference.TargetFields.Count == 0))];

        var rows = new List<RowLookup>();
        foreach (var part in layouts.Of(table.Entity).Select(layout => layout.FindPart(fields)).OfType<TablePart>().DistinctBy(part => part.Table))
        {
            rows.Add(new RowLookup(part.Table, part.Table.Key)
            {
                Answer = [.. fields.Select(name => Array.Find(part.Columns, column => column.Name == name)!)],
            });
        }

        Rows = rows;
        Add(facts);
    }

    /// <summary>Asks each table that has such keys which one the rows of some primary keys have.</summary>
    internal IReadOnlyList<RowLookup> Rows { get; }

    internal RecordKeyKind PartKind(int part) => _fields[part].KeyKind;

    internal bool TryFind(RecordKey key, out int rank)
    {
        var isFound = _ranks.TryGetValue(key, out rank);
        rank = isFound ? rank : -1;
        return isFound;
    }

    internal bool IsInDatabase(RecordKey key) => _inDatabase?.Contains(key) == true;

    internal void SetInDatabase(IReadOnlySet<RecordKey> keys) => _inDatabase = keys;

    /// <summary>
    /// What a record's key becomes: that of the row that it stands for; else parts that got other values are these, and parts that are references
    /// themselves follow them.
    /// </summary>
    internal RecordKey NewKey(RecordKey old, int rank, KeyTables tables)
    {
        if (_ofRows.TryGetValue(rank, out var row))
        {
            return row;
        }

        if (_standsFor.TryGetValue(rank, out var other))
        {
            rank = other;
            old = OldKeyOf(other) ?? old;
        }

        var changes = _table.Changes;
        if (changes is null && Array.TrueForAll(_followed, reference => reference is null))
        {
            return old;
        }

        var parts = old.Parts.ToArray();
        for (var part = 0; part < parts.Length; part++)
        {
            if (changes is not null && changes.TryGet(rank, _fields[part].Name, out var changed) && changed is not null)
            {
                parts[part] = PlainValue.KeyOf(changed) ?? RecordKey.From(JsonSerializer.Serialize(changed).Trim('"'));
            }
            else if (_followed[part] is { } reference && tables.Find(reference.Target) is { } target && target.TryFind(parts[part], out var followed))
            {
                parts[part] = tables.NewKey(target, followed);
            }
        }

        return parts.Length == 1 ? parts[0] : RecordKey.From(parts);
    }

    /// <summary>Notes that somebody holds such keys, and with them the primary keys that are parts of these.</summary>
    internal void Tell(KeyTables tables)
    {
        foreach (var reference in _followed)
        {
            if (reference is not null && tables.Find(reference.Target) is { } target)
            {
                tables.Tell(target);
            }
        }
    }

    /// <summary>Finds out which values the rows have that records stand for: they may differ from the records' own.</summary>
    internal async Task FollowRowsAsync(
        ImportTransaction transaction, KeyTables tables, int chunkSize, CancellationToken cancellationToken)
    {
        var written = new Dictionary<RecordKey, int>();
        var existing = new List<int>();
        for (var rank = 0; rank < _table.Count; rank++)
        {
            if (_table.StateOf(rank) is RecordState.Taken or RecordState.Overwritten)
            {
                written[tables.NewKey(_table, rank)] = rank;
            }
            else if (_table.StateOf(rank) == RecordState.Existing)
            {
                existing.Add(rank);
            }
        }

        var inDatabase = existing.FindAll(each => !written.ContainsKey(_table.NewKey(each)));
        foreach (var merged in existing.Except(inDatabase))
        {
            _standsFor[merged] = written[_table.NewKey(merged)];
        }

        foreach (var chunk in inDatabase.Chunk(Math.Max(1, chunkSize)))
        {
            var keys = chunk.Select(each => (IReadOnlyList<object?>)[.. _table.NewKey(each).Parts.Select(part => PlainValue.Of(part))]).ToList();
            foreach (var rows in Rows)
            {
                foreach (var (index, key) in await RowSearch.FindAsync(transaction, rows, keys, cancellationToken).ConfigureAwait(false))
                {
                    _ofRows[chunk[index]] = key!.Value;
                }
            }
        }
    }

    /// <summary>The key that a record has in the backup; null when a part of it is missing there.</summary>
    private RecordKey? OldKeyOf(int rank)
    {
        _byRank ??= _ranks.ToDictionary(pair => pair.Value, pair => pair.Key);
        return _byRank.TryGetValue(rank, out var key) ? key : null;
    }

    private void Add(FieldFacts? facts)
    {
        for (var rank = 0; rank < _table.Count; rank++)
        {
            var parts = _fields.Select(field => _table.Entity.PositionInKey(field.Name) is >= 0 and var position
                ? _table.Records.Keys[rank].Parts[position]
                : facts?[field.Name, rank, field.KeyKind]).OfType<RecordKey>().ToList();
            if (parts.Count == _fields.Length)
            {
                _ranks.TryAdd(parts.Count == 1 ? parts[0] : RecordKey.From(parts), rank);
            }
        }
    }
}
