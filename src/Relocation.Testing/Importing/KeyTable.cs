using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

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
    private List<(IReadOnlyList<string> Fields, AlternateKeys Keys)>? _alternates;

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

    /// <summary>Whether new keys are <see cref="Base"/> plus a rank, which needs no table.</summary>
    internal bool CountsUp => Entity.Key is { Policy: KeyPolicy.Remap, Kind: RecordKeyKind.Integer };

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

    /// <summary>Says that a record is not written. Before <see cref="CompleteScopes"/> that is for its scope, later a drop.</summary>
    internal void Exclude(int rank, RecordState state)
    {
        _states ??= new RecordState[Count];
        _states[rank] = state;
        if (state == RecordState.Dropped)
        {
            Taken--;
        }
    }

    /// <summary>Counts the records in scope and numbers them: gaps come only from drops.</summary>
    internal void CompleteScopes()
    {
        if (_states is null)
        {
            InScope = Taken = Count;
            return;
        }

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

    /// <summary>Whether references may lead to rows that were there before: where keys are kept, they mean the same there.</summary>
    internal bool MayBeInDatabase => Entity.Key.Policy == KeyPolicy.Preserve;

    /// <summary>Whether the database is known to hold a row with that key, which the backup does not.</summary>
    internal bool IsInDatabase(RecordKey key) => _inDatabase?.Contains(key) == true;

    internal void SetInDatabase(IReadOnlySet<RecordKey> keys) => _inDatabase = keys;

    /// <summary>The number of the record's type among those of the hierarchy.</summary>
    internal int TypeOf(int rank) => _types is null ? 0 : _types[rank];

    internal void SetTypes(byte[] types) => _types = types;

    /// <summary>The records by an alternate key, or null when no reference leads to that.</summary>
    internal AlternateKeys? Alternate(IReadOnlyList<string> fields) =>
        _alternates?.Find(alternate => alternate.Fields.SequenceEqual(fields)).Keys;

    internal void AddAlternate(IReadOnlyList<string> fields, AlternateKeys keys) => (_alternates ??= []).Add((fields, keys));

    /// <summary>Gives records keys that are not counted up.</summary>
    internal void SetNewKeys(RecordKey[] newKeys) => _newKeys = newKeys;

    /// <summary>The new key of a record, for every policy but <see cref="KeyPolicy.Compose"/>, whose parts follow references.</summary>
    internal RecordKey NewKey(int rank) =>
        CountsUp ? RecordKey.From(NewInteger(rank)) : _newKeys is not null ? _newKeys[rank] : Records.Keys[rank];
}
