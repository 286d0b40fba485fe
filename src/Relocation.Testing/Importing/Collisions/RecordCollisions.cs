namespace Relocation.Testing.Importing;

/// <summary>
/// Finds the records of one model whose unique values are taken, by rows of the database or by earlier records, and does what the
/// sets' policies say. The database is asked once per chunk and set; again only for records that got other values.
/// </summary>
internal sealed class RecordCollisions
{
    private const int MostAttempts = 64;

    private readonly UndecidedRecords _model;
    private readonly ImportTransaction _transaction;
    private readonly IReadOnlyList<UniqueCheck> _checks;
    private readonly Dictionary<UniqueValues, int>[] _owners;
    private readonly HashSet<UniqueValues>?[] _reserved;
    private readonly Dictionary<int, int> _attempts = [];
    private readonly Dictionary<RecordKey, int> _overwriters = [];
    private readonly Dictionary<(int Rank, RelocationField Field), object?> _chosen = [];
    private readonly IReadOnlySet<RecordKey>? _before;
    private long _highestKey;

    /// <param name="model">The records.</param>
    /// <param name="transaction">The import's transaction.</param>
    /// <param name="checks">The sets.</param>
    /// <param name="before">The rows that were there before the import, for sets that are about what triggers make.</param>
    internal RecordCollisions(
        UndecidedRecords model, ImportTransaction transaction, IReadOnlyList<UniqueCheck> checks, IReadOnlySet<RecordKey>? before = null)
    {
        _before = before;
        _model = model;
        _transaction = transaction;
        _checks = checks;
        _owners = [.. checks.Select(_ => new Dictionary<UniqueValues, int>())];
        _reserved = [.. checks.Select(check => check.Changed is null ? null : new HashSet<UniqueValues>())];
    }

    private KeyTable Table => _model.Table;

    private int ChunkSize => Math.Max(1, _model.Context.Options.ChunkSize);

    internal async Task DecideAsync(CancellationToken cancellationToken)
    {
        if (_checks.Any(check => check.IsKey && check.Policy is CollisionPolicy.Suffix or CollisionPolicy.Regenerate)
            && _model.Entity.Key.Kind == RecordKeyKind.Integer)
        {
            _highestKey = Table.Records.Keys.Integers.ToArray().Max();
            foreach (var lookup in _checks.First(check => check.IsKey).Lookups)
            {
                var highest = await _transaction.ReadHighWaterMarkAsync(lookup.Entity, cancellationToken).ConfigureAwait(false);
                _highestKey = Math.Max(_highestKey, highest);
            }
        }

        foreach (var wave in ParentsFirst())
        {
            ReserveValues(wave);
            foreach (var chunk in wave.Chunk(ChunkSize))
            {
                // What got another value is looked at again, as that may be taken too; nearly always one more round is enough.
                for (var ranks = (IReadOnlyList<int>)chunk; ranks.Count > 0;)
                {
                    ranks = await DecideAsync(ranks, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        await JoinedTypes.CheckAsync(_model, _transaction, cancellationToken).ConfigureAwait(false);
        foreach (var group in _checks.Where(check => check.Changed is not null).GroupBy(check => check.Changed!.Name))
        {
            NoteChoices(group.Key, [.. group]);
        }
    }

    /// <summary>The rows that have unique values of records, for sets that are about what triggers make.</summary>
    internal async Task<HashSet<RecordKey>> FindRowsAsync(CancellationToken cancellationToken)
    {
        var rows = new HashSet<RecordKey>();
        for (var check = 0; check < _checks.Count; check++)
        {
            foreach (var chunk in _checks[check].IsAboutTriggers ? Enumerable.Range(0, Table.Count).Where(rank => Table.StateOf(rank) == RecordState.Taken).Chunk(ChunkSize) : [])
            {
                var asked = chunk.Select(rank => (IReadOnlyList<object?>)ValuesOf(check, rank)).ToList();
                foreach (var lookup in _checks[check].Lookups)
                {
                    var found = await RowSearch.FindAsync(_transaction, lookup, asked, cancellationToken).ConfigureAwait(false);
                    rows.UnionWith(found.Select(row => row.Key).OfType<RecordKey>());
                }
            }
        }

        return rows;
    }

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
                var word = checks.Exists(check => _chosen.ContainsKey((rank, check.Changed!))) ? made : kept;
                choices[rank] = _model.Context.Options.IncludeNames ? RecordKey.From([word, RecordKey.From($"{value}")]) : word;
            }
        }
    }

    /// <summary>The records to be inserted, those that others of their model refer to in a unique set before those others.</summary>
    private List<List<int>> ParentsFirst()
    {
        var taken = Enumerable.Range(0, Table.Count).Where(rank => Table.StateOf(rank) == RecordState.Taken).ToList();
        var inSets = _checks.SelectMany(check => check.AllFields).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var toItself = _model.Entity.References
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
        for (var check = 0; check < _checks.Count; check++)
        {
            foreach (var rank in _reserved[check] is null ? [] : ranks)
            {
                if (UniqueValues.Of(_checks[check], ValuesOf(check, rank)) is { } values)
                {
                    _reserved[check]!.Add(values);
                }
            }
        }
    }

    private object?[] ValuesOf(int check, int rank) => _checks[check].AppliesTo(Table.TypeOf(rank))
        ? [.. _checks[check].AllFields.Select(field => _model.ValueOf(rank, field.Name))]
        : new object?[_checks[check].AllFields.Count];

    /// <summary>Decides about some records, and returns those that got other values.</summary>
    private async Task<IReadOnlyList<int>> DecideAsync(IReadOnlyList<int> ranks, CancellationToken cancellationToken)
    {
        var values = new UniqueValues?[_checks.Count][];
        var rows = new Dictionary<int, RecordKey>[_checks.Count];
        for (var check = 0; check < _checks.Count; check++)
        {
            var asked = ranks.Select(rank => (IReadOnlyList<object?>)ValuesOf(check, rank)).ToList();
            values[check] = [.. asked.Select(list => UniqueValues.Of(_checks[check], list))];
            rows[check] = [];
            var meets = new HashSet<int>();
            foreach (var lookup in _checks[check].Lookups)
            {
                var found = await RowSearch.FindAsync(_transaction, lookup, asked, cancellationToken).ConfigureAwait(false);
                foreach (var (index, key) in found)
                {
                    meets.Add(index);
                    if (key is { } row)
                    {
                        rows[check][index] = row;
                    }
                }
            }

            if (_checks[check].Lookups[0].Condition is not null)
            {
                // A record that the condition leaves out collides with nothing.
                for (var index = 0; index < ranks.Count; index++)
                {
                    values[check][index] = meets.Contains(index) ? values[check][index] : null;
                }
            }
        }

        var changed = new List<int>();
        for (var index = 0; index < ranks.Count; index++)
        {
            var hits = HitsOf(ranks[index], index, values, rows);
            if (Decide(ranks[index], hits))
            {
                changed.Add(ranks[index]);
            }
            else
            {
                Claim(ranks[index], index, values);
            }
        }

        return changed;
    }

    /// <summary>For each set whose values are taken: by which row, or null for one that a later record will be.</summary>
    private List<(UniqueCheck Check, RecordKey? Row)> HitsOf(
        int rank, int index, UniqueValues?[][] values, Dictionary<int, RecordKey>[] rows)
    {
        var hits = new List<(UniqueCheck Check, RecordKey? Row)>();
        for (var check = 0; check < _checks.Count; check++)
        {
            if (values[check][index] is not { } own)
            {
                continue;
            }

            if (rows[check].TryGetValue(index, out var row))
            {
                // What was there before is left to the database to refuse.
                if (!_checks[check].IsAboutTriggers || _before?.Contains(row) != true)
                {
                    hits.Add((_checks[check], row));
                }
            }
            else if (_checks[check].IsAboutTriggers)
            {
                continue;
            }
            else if (_owners[check].TryGetValue(own, out var owner) && owner != rank)
            {
                hits.Add((_checks[check], _model.ToldKey(owner)));
            }
            else if (_attempts.ContainsKey(rank) && _reserved[check]?.Contains(own) == true && IsChanged(check, rank))
            {
                hits.Add((_checks[check], null));
            }
        }

        // What a record is written over is no obstacle to it.
        if (Table.StateOf(rank) == RecordState.Overwritten)
        {
            var own = _model.Tables.NewKey(Table, rank);
            hits.RemoveAll(hit => hit.Row == own);
        }

        return hits;
    }

    private bool IsChanged(int check, int rank) =>
        Table.Changes is { } changes && changes.TryGet(rank, _checks[check].Changed!.Name, out _);

    /// <summary>Does what the policies say; true when the record got other values, which have to be looked at in turn.</summary>
    private bool Decide(int rank, List<(UniqueCheck Check, RecordKey? Row)> hits)
    {
        if (hits.Count == 0)
        {
            return false;
        }

        if (hits.Find(hit => hit.Check.Policy == CollisionPolicy.Fail) is { Check: not null } fail)
        {
            return Refuse(rank, Errors.Collision(fail.Check));
        }

        var joining = hits.FindAll(hit => hit.Check.Policy is CollisionPolicy.Merge or CollisionPolicy.Overwrite);
        if (joining.Count > 0)
        {
            var check = joining[0].Check;
            var row = joining[0].Row!.Value;
            if (joining.Exists(hit => hit.Row != row))
            {
                return Refuse(rank, Errors.TwoRowsToJoin(_model.Entity, [.. joining.Select(hit => hit.Check.Name)]));
            }

            if (check.Policy == CollisionPolicy.Merge)
            {
                Table.MapTo(rank, row, RecordState.Existing);
                return false;
            }

            if (check.IsAboutTriggers && _overwriters.ContainsKey(row))
            {
                return Refuse(rank, Errors.Collision(check));
            }

            Overwrite(rank, row);
            hits.RemoveAll(hit => hit.Row == row);
        }

        var changes = hits.FindAll(hit => hit.Check.Policy is CollisionPolicy.Suffix or CollisionPolicy.Regenerate);
        return changes.Count > 0 && Change(rank, changes);
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

    private bool Change(int rank, List<(UniqueCheck Check, RecordKey? Row)> hits)
    {
        var attempt = _attempts.GetValueOrDefault(rank);
        _attempts[rank] = attempt + 1;
        if (attempt >= MostAttempts)
        {
            return Refuse(rank, Errors.NoFreeValue(_model.Entity, hits[0].Check.Name));
        }

        foreach (var check in hits.Select(hit => hit.Check))
        {
            if (check.IsKey)
            {
                GiveNewKey(rank, attempt);
                continue;
            }

            var field = check.Changed!;
            if (!_chosen.TryGetValue((rank, field), out var value))
            {
                value = _model.ValueOf(rank, field.Name);
                _chosen.Add((rank, field), value);
            }

            Table.Change(rank, field.Name, ValueFinder.Find(
                check.Policy, field, value, _model.Context.Generated, _model.Entity.Label, _model.Tables.NewKey(Table, rank), attempt));
        }

        return true;
    }

    /// <summary>A key that is to be kept and is taken gives way to a new one, as collisions are not to fail.</summary>
    private void GiveNewKey(int rank, int attempt)
    {
        var field = _model.Entity.Key.Fields[0];
        var old = Table.Records.Keys[rank];
        Table.GiveKey(rank, old.Kind switch
        {
            RecordKeyKind.Integer => RecordKey.From(++_highestKey),
            RecordKeyKind.Guid => RecordKey.From(_model.Context.Generated.Guid(_model.Entity.Label, field.Name, old, attempt + 1)),
            _ => RecordKey.From((string)ValueFinder.Find(
                CollisionPolicy.Suffix, field, old.AsText(), _model.Context.Generated, _model.Entity.Label, old, attempt)),
        });
    }

    private bool Refuse(int rank, string message)
    {
        _model.Refuse(rank, BackupProblemKind.Collision, message);
        return false;
    }

    private void Claim(int rank, int index, UniqueValues?[][] values)
    {
        for (var check = 0; check < _checks.Count; check++)
        {
            if (values[check][index] is { } own)
            {
                _owners[check].TryAdd(own, rank);
            }
        }
    }
}
