using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Collisions;

/// <summary>The collisions of one model's records, before any of them is written.</summary>
internal sealed class RecordCollisions : UniqueCollisions
{
    private readonly UndecidedRecords _model;
    private readonly HashSet<UniqueValues>?[] _reserved;
    private readonly Dictionary<RecordKey, int> _overwriters = [];
    private readonly IReadOnlySet<RecordKey>? _before;
    private long _highestKey;

    /// <param name="model">The records.</param>
    /// <param name="transaction">The import's transaction.</param>
    /// <param name="checks">The sets.</param>
    /// <param name="before">The rows that were there before the import, for sets that are about what triggers make.</param>
    internal RecordCollisions(
        UndecidedRecords model, ImportTransaction transaction, IReadOnlyList<UniqueCheck> checks, IReadOnlySet<RecordKey>? before = null)
        : base(model.Context, transaction, checks)
    {
        _before = before;
        _model = model;
        _reserved = [.. checks.Select(check => check.Changed is null ? null : new HashSet<UniqueValues>())];
    }

    protected override RelocationEntity Entity => _model.Entity;

    private KeyTable Table => _model.Table;

    private int ChunkSize => Math.Max(1, Context.Options.ChunkSize);

    internal async Task DecideAsync(CancellationToken cancellationToken)
    {
        if (Checks.Any(check => check.IsKey && check.Policy is CollisionPolicy.Suffix or CollisionPolicy.Regenerate)
            && Entity.Key.Kind == RecordKeyKind.Integer)
        {
            _highestKey = Table.Records.Keys.Integers.ToArray().Max();
            foreach (var lookup in Checks.First(check => check.IsKey).Lookups)
            {
                var highest = await Transaction.ReadHighWaterMarkAsync(lookup.Table, cancellationToken).ConfigureAwait(false);
                _highestKey = Math.Max(_highestKey, highest);
            }
        }

        foreach (var wave in ParentsFirst())
        {
            ReserveValues(wave);
            foreach (var chunk in wave.Chunk(ChunkSize))
            {
                await DecideAsync(chunk, cancellationToken).ConfigureAwait(false);
            }
        }

        await JoinedTypes.CheckAsync(_model, Transaction, cancellationToken).ConfigureAwait(false);
        foreach (var group in Checks.Where(check => check.Changed is not null).GroupBy(check => check.Changed!.Name))
        {
            NoteChoices(group.Key, [.. group]);
        }
    }

    /// <summary>The rows that have unique values of records, for sets that are about what triggers make.</summary>
    internal async Task<HashSet<RecordKey>> FindRowsAsync(CancellationToken cancellationToken)
    {
        var rows = new HashSet<RecordKey>();
        for (var check = 0; check < Checks.Count; check++)
        {
            foreach (var chunk in Checks[check].IsAboutTriggers ? Undecided().Chunk(ChunkSize) : [])
            {
                var asked = chunk.Select(rank => (IReadOnlyList<object?>)ValuesOf(check, rank)).ToList();
                foreach (var lookup in Checks[check].Lookups)
                {
                    var found = await RowSearch.FindAsync(Transaction, lookup, asked, cancellationToken).ConfigureAwait(false);
                    rows.UnionWith(found.Select(row => row.Key).OfType<RecordKey>());
                }
            }
        }

        return rows;
    }

    private IEnumerable<int> Undecided() => Enumerable.Range(0, Table.Count).Where(rank => Table.StateOf(rank) == RecordState.Taken);

    /// <summary>Notes for the pk map which values were kept and which were made.</summary>
    private void NoteChoices(string field, List<UniqueCheck> checks)
    {
        var made = RecordKey.From(checks[0].Policy == CollisionPolicy.Suffix ? "suffixed" : "regenerated");
        var kept = RecordKey.From("kept");
        var choices = Table.Show(field, target: default).OldKeys;
        for (var rank = 0; rank < Table.Count; rank++)
        {
            if (Table.StateOf(rank) is RecordState.Taken or RecordState.Overwritten && checks.Exists(check => check.AppliesTo(Table.TypeOf(rank)))
                && _model.ValueOf(rank, field) is { } value)
            {
                var word = checks.Exists(check => HasOther(rank, check.Changed!)) ? made : kept;
                choices[rank] = Context.Options.IncludeNames ? RecordKey.From([word, RecordKey.From($"{value}")]) : word;
            }
        }
    }

    /// <summary>The records to be inserted, those that others of their model refer to in a unique set before those others.</summary>
    private List<List<int>> ParentsFirst()
    {
        var taken = Undecided().ToList();
        var inSets = Checks.SelectMany(check => check.AllFields).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var toItself = Entity.References
            .Where(reference => _model.Tables.Find(reference.Target) == Table && reference.Fields.Any(inSets.Contains)).ToList();
        if (toItself.Count == 0)
        {
            return [taken];
        }

        var waves = new List<List<int>>();
        var depths = new Dictionary<int, int>();
        foreach (var rank in taken)
        {
            var depth = DepthOf(rank, toItself, depths);
            while (waves.Count <= depth)
            {
                waves.Add([]);
            }

            waves[depth].Add(rank);
        }

        return waves;
    }

    /// <summary>How many records stand above a record; a circle counts from where it is entered.</summary>
    private int DepthOf(int rank, List<RelocationReference> references, Dictionary<int, int> depths)
    {
        const int Open = -1;
        var path = new Stack<int>([rank]);
        while (path.TryPeek(out var current))
        {
            if (depths.TryGetValue(current, out var known) && known != Open)
            {
                path.Pop();
                continue;
            }

            var parents = references.Select(reference => _model.RankOfTarget(current, reference)).Where(parent => parent >= 0).ToList();
            depths[current] = Open;
            var unknown = parents.FindIndex(parent => !depths.ContainsKey(parent));
            if (unknown >= 0)
            {
                path.Push(parents[unknown]);
                continue;
            }

            depths[current] = 1 + parents.Select(parent => depths[parent]).DefaultIfEmpty(Open).Max();
            path.Pop();
        }

        return depths[rank];
    }

    /// <summary>Keeps the values that records of the backup have themselves from being found for others.</summary>
    private void ReserveValues(List<int> ranks)
    {
        for (var check = 0; check < Checks.Count; check++)
        {
            foreach (var rank in _reserved[check] is null ? [] : ranks)
            {
                if (UniqueValues.Of(Checks[check], ValuesOf(check, rank)) is { } values)
                {
                    _reserved[check]!.Add(values);
                }
            }
        }
    }

    protected override object?[] ValuesOf(int check, int row) => Checks[check].AppliesTo(Table.TypeOf(row))
        ? [.. Checks[check].AllFields.Select(field => _model.ValueOf(row, field.Name))]
        : new object?[Checks[check].AllFields.Count];

    protected override object? ValueOf(int row, RelocationField field) => _model.ValueOf(row, field.Name);

    protected override Hit? HitOf(int check, int row, UniqueValues own, RecordKey? found)
    {
        var isAboutTriggers = Checks[check].IsAboutTriggers;
        if (found is { } key)
        {
            // What was there before is left to the database to refuse; what a record is written over is no obstacle to it.
            return (isAboutTriggers && _before?.Contains(key) == true) || IsOwn(row, key) ? null : new Hit(Checks[check], key);
        }

        if (!isAboutTriggers && Claimed[check].TryGetValue(own, out var owner) && owner != row)
        {
            var taken = _model.ToldKey(owner);
            return IsOwn(row, taken) ? null : new Hit(Checks[check], taken);
        }

        return !isAboutTriggers && HasTried(row) && _reserved[check]?.Contains(own) == true && IsChanged(check, row)
            ? new Hit(Checks[check], null)
            : null;
    }

    protected override void Claim(int check, UniqueValues own, int row) => Claimed[check].TryAdd(own, row);

    protected override string Failure(UniqueCheck check) => CollisionErrors.Collision(check);

    protected override void Refuse(int row, string message) => _model.Refuse(row, BackupProblemKind.Collision, message);

    private bool IsOwn(int rank, RecordKey row) =>
        Table.StateOf(rank) == RecordState.Overwritten && _model.Tables.NewKey(Table, rank) == row;

    private bool IsChanged(int check, int rank) =>
        Table.Changes is { } changes && changes.TryGet(rank, Checks[check].Changed!.Name, out _);

    protected override bool Join(int row, List<Hit> hits)
    {
        var joining = hits.FindAll(hit => hit.Check.Policy is CollisionPolicy.Merge or CollisionPolicy.Overwrite);
        if (joining.Count == 0)
        {
            return false;
        }

        var check = joining[0].Check;
        var other = joining[0].Row!.Value;
        if (joining.Exists(hit => hit.Row != other))
        {
            Refuse(row, CollisionErrors.TwoRowsToJoin(Entity, [.. joining.Select(hit => hit.Check.Name)]));
            return true;
        }

        if (check.Policy == CollisionPolicy.Merge)
        {
            Table.MapTo(row, other, RecordState.Existing);
            return true;
        }

        if (check.IsAboutTriggers && _overwriters.ContainsKey(other))
        {
            Refuse(row, CollisionErrors.Collision(check));
            return true;
        }

        Overwrite(row, other);
        hits.RemoveAll(hit => hit.Row == other);
        return false;
    }

    protected override void GiveOther(int row, UniqueCheck check, object? own, int attempt)
    {
        if (check.IsKey)
        {
            GiveNewKey(row, attempt);
            return;
        }

        Table.Change(row, check.Changed!.Name, ValueFinder.Find(
            check.Policy, check.Changed, own, Context.Generated, Entity.Label, _model.Tables.NewKey(Table, row), attempt));
    }

    /// <summary>Of several records that are written over one row the last one is; the others stand for the row.</summary>
    private void Overwrite(int rank, RecordKey row)
    {
        if (_overwriters.TryGetValue(row, out var earlier) && earlier != rank)
        {
            Table.MapTo(earlier, row, RecordState.Existing);
        }

        _overwriters[row] = rank;
        Table.MapTo(rank, row, RecordState.Overwritten);
    }

    /// <summary>A key that is to be kept and is taken gives way to a new one, as collisions are not to fail.</summary>
    private void GiveNewKey(int rank, int attempt)
    {
        var field = Entity.Key.Fields[0];
        var old = Table.Records.Keys[rank];
        Table.GiveKey(rank, old.Kind switch
        {
            RecordKeyKind.Integer => RecordKey.From(++_highestKey),
            RecordKeyKind.Guid => RecordKey.From(Context.Generated.Guid(Entity.Label, field.Name, old, attempt + 1)),
            _ => RecordKey.From((string)ValueFinder.Find(
                CollisionPolicy.Suffix, field, old.AsText(), Context.Generated, Entity.Label, old, attempt)),
        });
    }
}
