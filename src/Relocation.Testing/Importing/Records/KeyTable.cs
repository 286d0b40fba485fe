using System.Runtime.InteropServices;
using Relocation.Testing.Backups;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Importing.Records;

/// <summary>One model's records during an import: which are written, and the new key of each, known before the first row is.</summary>
internal sealed class KeyTable
{
    private readonly ModelRecords? _records;
    private readonly LongIndex? _integers;
    private readonly Dictionary<RecordKey, int>? _others;
    private RecordState[]? _states;
    private int[]? _ranksInScope;
    private RecordKey[]? _newKeys;
    private IReadOnlySet<RecordKey>? _inDatabase;
    private byte[]? _types;
    private bool[]? _isWritten;
    private List<(IReadOnlyList<string> Fields, AlternateKeys Keys)>? _alternates;
    private Dictionary<int, RecordKey>? _mapped;

    internal KeyTable(RelocationEntity entity, ModelRecords? records)
    {
        Entity = entity;
        _records = records;
        if (records is null || records.Keys.IsInteger)
        {
            _integers = new LongIndex(records is null ? [] : records.Keys.Integers);
        }
        else
        {
            _others = new Dictionary<RecordKey, int>(records.Count);
            for (var rank = 0; rank < records.Count; rank++)
            {
                _others[records.Keys[rank]] = rank;
            }
        }
    }

    internal RelocationEntity Entity { get; }

    internal ModelRecords Records => _records ?? throw new InvalidOperationException("The backup has no record of this model.");

    internal int Count => _records?.Count ?? 0;

    /// <summary>How many records are in scope, the dropped ones included: as many new keys are set aside.</summary>
    internal int InScope { get; private set; }

    internal int Taken { get; private set; }

    /// <summary>The highest key before the import; new integer keys follow it.</summary>
    internal long Base { get; set; }

    /// <summary>
    /// Whether somebody holds keys that records of this model are to get: rows that are written, records that stand for others, or rules. Such keys
    /// must not move any more.
    /// </summary>
    internal bool IsTold { get; private set; }

    /// <summary>Whether new keys are <see cref="Base"/> plus a rank, which needs no table.</summary>
    internal bool CountsUp => Entity.Key is { Policy: KeyPolicy.Remap, Kind: RecordKeyKind.Integer };

    /// <summary>How many records stand for rows that were there before, or are written over them.</summary>
    internal int Mapped { get; private set; }

    internal RecordState StateOf(int rank) => _states is null ? RecordState.Taken : _states[rank];

    internal bool TryFind(long key, out int rank)
    {
        if (_integers is not null)
        {
            return _integers.TryFind(key, out rank);
        }

        rank = -1;
        return false;
    }

    internal bool TryFind(RecordKey key, out int rank)
    {
        if (_others is not null)
        {
            return _others.TryGetValue(key, out rank);
        }

        rank = -1;
        return key.Kind == RecordKeyKind.Integer && _integers!.TryFind(key.AsInteger(), out rank);
    }

    /// <summary>Begins to remember which records are written, so that others of the model may refer to them at once.</summary>
    internal void TrackWritten() => _isWritten = new bool[Count];

    internal bool TracksWritten => _isWritten is not null;

    /// <summary>A record is written, before all that are read after it.</summary>
    internal void MarkWritten(int rank)
    {
        if (_isWritten is not null)
        {
            _isWritten[rank] = true;
        }
    }

    /// <summary>Whether a record is known to be written.</summary>
    internal bool IsWritten(int rank) => _isWritten is not null && rank >= 0 && _isWritten[rank];

    /// <summary>Says that a record is not written. Before <see cref="CompleteScopes"/> that is for its scope, later a drop.</summary>
    internal void Exclude(int rank, RecordState state)
    {
        _states ??= new RecordState[Count];
        if (state == RecordState.Dropped)
        {
            Leave(rank);
        }

        _states[rank] = state;
    }

    /// <summary>Gives a record the row that it stands for or is written over.</summary>
    internal void MapTo(int rank, RecordKey row, RecordState state)
    {
        _states ??= new RecordState[Count];
        _mapped ??= [];
        Leave(rank);
        _mapped[rank] = row;
        _states[rank] = state;
        Mapped++;
    }

    /// <summary>How many records are in that state.</summary>
    internal int CountOf(RecordState state) =>
        _states is null ? (state == RecordState.Taken ? Count : 0) : _states.AsSpan().Count(state);

    /// <summary>Says that a column is written with another value than the record's.</summary>
    internal void Change(int rank, string field, object? value) => (Changes ??= new ChangedValues(Count)).Set(rank, field, value);

    /// <summary>What a snapshot shows of the records besides keys, by rank: references, and how unique values were chosen.</summary>
    internal List<ReferenceKeys> Shown { get; } = [];

    /// <summary>The column of <see cref="Shown"/> with that name, which the types of a hierarchy share.</summary>
    internal ReferenceKeys Show(string name, ModelLabel target)
    {
        if (Shown.Find(shown => shown.Name == name && shown.Target == target) is not { } column)
        {
            column = new ReferenceKeys(name, target);
            CollectionsMarshal.SetCount(column.OldKeys, Count);
            Shown.Add(column);
        }

        return column;
    }

    /// <summary>The values that rows have instead of their records' own, or null while there are none.</summary>
    internal ChangedValues? Changes { get; private set; }

    /// <summary>Counts the records in scope and numbers them: gaps come only from drops.</summary>
    internal void CompleteScopes()
    {
        if (_states is null)
        {
            InScope = Taken = Count;
            return;
        }

        InScope = 0;
        _ranksInScope = new int[Count];
        for (var rank = 0; rank < _states.Length; rank++)
        {
            _ranksInScope[rank] = InScope;
            InScope += _states[rank] == RecordState.Taken ? 1 : 0;
        }

        Taken = InScope;
    }

    /// <summary>The record's place among those in scope, from 0: what its new key is counted by.</summary>
    internal int RankInScope(int rank) => _ranksInScope is null ? rank : _ranksInScope[rank];

    internal long NewInteger(int rank) => Base + 1 + RankInScope(rank);

    /// <summary>Notes that somebody holds new keys of this model.</summary>
    internal void Tell() => IsTold = true;

    /// <summary>The records of this model that were imported before, as far as the import is told.</summary>
    internal PrimaryKeyMap? Known { get; init; }

    /// <summary>What became of a record that the backup does not hold and that was imported before.</summary>
    internal KeyMapping? KnownMapping(RecordKey key) =>
        Known is not null && Known.TryGet(Entity.Label, key, out var mapping) ? mapping : null;

    /// <summary>Whether the database is known to hold a row with that key, which the backup does not.</summary>
    internal bool IsInDatabase(RecordKey key) => _inDatabase?.Contains(key) == true;

    internal void SetInDatabase(IReadOnlySet<RecordKey> keys) => _inDatabase = keys;

    /// <summary>What the record's row holds: that of its model, or of its type in a hierarchy.</summary>
    internal RelocationEntity RowsOf(int rank) => _types is null ? Entity : Entity.Types[_types[rank]].Rows;

    /// <summary>The number of the record's type among those of the hierarchy.</summary>
    internal int TypeOf(int rank) => _types is null ? 0 : _types[rank];

    internal void SetTypes(byte[] types) => _types = types;

    /// <summary>The records by an alternate key, or null when no reference leads to that.</summary>
    internal AlternateKeys? Alternate(IReadOnlyList<string> fields) =>
        _alternates?.Find(alternate => alternate.Fields.SequenceEqual(fields)).Keys;

    /// <summary>The alternate keys that references lead to.</summary>
    internal IEnumerable<AlternateKeys> Alternates => _alternates?.Select(alternate => alternate.Keys) ?? [];

    internal void AddAlternate(IReadOnlyList<string> fields, AlternateKeys keys) => (_alternates ??= []).Add((fields, keys));

    /// <summary>Gives records keys that are not counted up.</summary>
    internal void SetNewKeys(RecordKey[] newKeys) => _newKeys = newKeys;

    /// <summary>Gives one record another key than the one it would have kept.</summary>
    internal void GiveKey(int rank, RecordKey key)
    {
        _newKeys ??= [.. Enumerable.Range(0, Count).Select(each => Records.Keys[each])];
        _newKeys[rank] = key;
    }

    /// <summary>The new key of a record, for every policy but <see cref="KeyPolicy.Compose"/>, whose parts follow references.</summary>
    internal RecordKey NewKey(int rank) => MappedKey(rank) is { } row ? row
        : CountsUp ? RecordKey.From(NewInteger(rank)) : _newKeys is not null ? _newKeys[rank] : Records.Keys[rank];

    /// <summary>The row that a record stands for or is written over, if it is one of the database's.</summary>
    internal RecordKey? MappedKey(int rank) => _mapped is not null && _mapped.TryGetValue(rank, out var row) ? row : null;

    /// <summary>Takes a record out of the counts of its state.</summary>
    private void Leave(int rank)
    {
        switch (_states![rank])
        {
            case RecordState.Taken:
                Taken--;
                break;
            case RecordState.Existing or RecordState.Overwritten:
                Mapped--;
                _mapped!.Remove(rank);
                break;
            default:
                break;
        }
    }
}
