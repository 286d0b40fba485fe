using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Collisions;

/// <summary>
/// Finds which rows that are going to be written have unique values that are taken, by rows of the database or by earlier ones, and does
/// what the sets' policies say. The database is asked once for many rows and each set; again only for rows that got other values.
/// </summary>
internal abstract class UniqueCollisions(ImportContext context, ImportTransaction transaction, IReadOnlyList<UniqueCheck> checks)
{
    protected const int MostAttempts = 64;

    private readonly Dictionary<int, int> _attempts = [];
    private readonly Dictionary<(int Row, RelocationField Field), object?> _own = [];

    protected ImportContext Context => context;

    protected ImportTransaction Transaction => transaction;

    protected IReadOnlyList<UniqueCheck> Checks => checks;

    /// <summary>For each set, which row has values first or, as the set's policy wants it, last.</summary>
    protected Dictionary<UniqueValues, int>[] Claimed { get; } = [.. checks.Select(_ => new Dictionary<UniqueValues, int>())];

    /// <summary>The model of the rows.</summary>
    protected abstract RelocationEntity Entity { get; }

    /// <summary>Decides about some rows; what got another value is looked at again, as that may be taken too.</summary>
    protected async Task DecideAsync(IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        while (rows.Count > 0)
        {
            rows = await DecideOnceAsync(rows, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a row's value has been replaced by one that was found for it.</summary>
    protected bool HasOther(int row, RelocationField field) => _own.ContainsKey((row, field));

    /// <summary>Whether values were already looked for.</summary>
    protected bool HasTried(int row) => _attempts.ContainsKey(row);

    /// <summary>Where values of a set may be taken.</summary>
    protected virtual IReadOnlyList<RowLookup> LookupsOf(int check) => checks[check].Lookups;

    /// <summary>The values that a row has of a set, in the order of <see cref="UniqueCheck.AllFields"/>.</summary>
    protected abstract object?[] ValuesOf(int check, int row);

    /// <summary>The value that a row has.</summary>
    protected abstract object? ValueOf(int row, RelocationField field);

    /// <summary>Says by what a set's values are taken; null when they are free.</summary>
    /// <param name="check">The set.</param>
    /// <param name="row">The row that wants them.</param>
    /// <param name="own">The values.</param>
    /// <param name="found">The row of the database that has them, if one has.</param>
    protected abstract Hit? HitOf(int check, int row, UniqueValues own, RecordKey? found);

    /// <summary>Merges a row with those that have its values, or has it take their place.</summary>
    /// <param name="row">The row.</param>
    /// <param name="hits">What it collides with; what is no obstacle any more is taken out.</param>
    /// <returns>Whether nothing is left to be done for the row.</returns>
    protected abstract bool Join(int row, List<Hit> hits);

    /// <summary>Gives a row another value in the field that the set changes.</summary>
    /// <param name="row">The row.</param>
    /// <param name="check">The set.</param>
    /// <param name="own">The value that the row had first.</param>
    /// <param name="attempt">How often one was looked for before.</param>
    protected abstract void GiveOther(int row, UniqueCheck check, object? own, int attempt);

    /// <summary>Notes that a row has values, unless it is not written after all.</summary>
    protected abstract void Claim(int check, UniqueValues own, int row);

    /// <summary>What is wrong when a set's values are taken and that is to fail.</summary>
    protected abstract string Failure(UniqueCheck check);

    /// <summary>Notes that the row's record is wrong.</summary>
    protected abstract void Refuse(int row, string message);

    private async Task<List<int>> DecideOnceAsync(IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        var values = new UniqueValues?[checks.Count][];
        var found = new Dictionary<int, RecordKey>[checks.Count];
        for (var check = 0; check < checks.Count; check++)
        {
            (values[check], found[check]) = await AskAsync(check, rows, cancellationToken).ConfigureAwait(false);
        }

        var changed = new List<int>();
        for (var index = 0; index < rows.Count; index++)
        {
            var hits = new List<Hit>();
            for (var check = 0; check < checks.Count; check++)
            {
                if (values[check][index] is { } own
                    && HitOf(check, rows[index], own, found[check].TryGetValue(index, out var key) ? key : null) is { } hit)
                {
                    hits.Add(hit);
                }
            }

            if (hits.Count > 0 && Decide(rows[index], hits))
            {
                changed.Add(rows[index]);
                continue;
            }

            for (var check = 0; check < checks.Count; check++)
            {
                if (values[check][index] is { } own)
                {
                    Claim(check, own, rows[index]);
                }
            }
        }

        return changed;
    }

    /// <summary>The values of some rows, null where they collide with nothing, and the rows of the database that have them, by index.</summary>
    private async Task<(UniqueValues?[] Values, Dictionary<int, RecordKey> Found)> AskAsync(
        int check, IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        var asked = rows.Select(row => (IReadOnlyList<object?>)ValuesOf(check, row)).ToList();
        var found = new Dictionary<int, RecordKey>();
        var meets = new HashSet<int>();
        var lookups = LookupsOf(check);
        foreach (var lookup in lookups)
        {
            foreach (var (index, key) in await RowSearch.FindAsync(transaction, lookup, asked, cancellationToken).ConfigureAwait(false))
            {
                meets.Add(index);
                if (key is { } row)
                {
                    found[index] = row;
                }
            }
        }

        // A row that the set's condition leaves out collides with nothing.
        return ([.. asked.Select((list, index) =>
            lookups[0].Condition is null || meets.Contains(index) ? UniqueValues.Of(checks[check], list) : null)], found);
    }

    /// <summary>Does what the policies say; true when the row got other values, which have to be looked at in turn.</summary>
    private bool Decide(int row, List<Hit> hits)
    {
        if (hits.Find(hit => hit.Check.Policy == CollisionPolicy.Fail) is { } fail)
        {
            Refuse(row, Failure(fail.Check));
            return false;
        }

        if (Join(row, hits))
        {
            return false;
        }

        var changes = hits.FindAll(hit => hit.Check.Policy is CollisionPolicy.Suffix or CollisionPolicy.Regenerate);
        var attempt = _attempts.GetValueOrDefault(row);
        if (changes.Count > 0 && attempt >= MostAttempts)
        {
            Refuse(row, CollisionErrors.NoFreeValue(Entity, changes[0].Check.Name));
            return false;
        }

        foreach (var check in changes.Select(hit => hit.Check))
        {
            _attempts[row] = attempt + 1;
            if (check.Changed is { } field && !_own.ContainsKey((row, field)))
            {
                _own.Add((row, field), ValueOf(row, field));
            }

            GiveOther(row, check, check.Changed is null ? null : _own[(row, check.Changed)], attempt);
        }

        return changes.Count > 0;
    }

    /// <summary>A set whose values are taken.</summary>
    /// <param name="Check">The set.</param>
    /// <param name="Row">The row that has them, of the database or of an earlier record; null for one that is not known yet.</param>
    /// <param name="Waiting">The number of the row that has them and is not written yet, if rows wait.</param>
    /// <param name="Rank">The record of the backup that has them, by a row that others are written over; null for none.</param>
    protected sealed record Hit(UniqueCheck Check, RecordKey? Row, int? Waiting = null, int? Rank = null);
}
