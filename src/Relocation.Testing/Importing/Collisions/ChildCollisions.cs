using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>
/// Finds the rows of a member that wait to be written and whose unique values are taken, and does what their sets' policies say. The
/// database, which has all earlier rows by then, is asked once per set; again only for rows that got other values.
/// </summary>
internal sealed class ChildCollisions
{
    private const int MostAttempts = 64;

    private readonly ChildRows _child;
    private readonly ImportTransaction _transaction;
    private readonly ImportContext _context;
    private readonly RowLookup[] _lookups;
    private readonly int[][] _columns;
    private readonly Dictionary<UniqueValues, int>[] _claimed;
    private readonly List<(RowBatch Batch, int Row)> _rows;
    private readonly HashSet<int> _left = [];
    private readonly HashSet<RecordKey> _displaced = [];
    private readonly HashSet<RecordKey> _displacedOfBackup = [];
    private readonly Dictionary<(int Position, UniqueCheck Check), string?> _own = [];
    private bool _hasNewKeys;

    internal ChildCollisions(ChildRows child, ImportTransaction transaction, ImportContext context)
    {
        _child = child;
        _transaction = transaction;
        _context = context;
        _rows = child.Positions();
        _columns = [.. child.Checks.Select(check => check.AllFields
            .Select(field => Array.FindIndex(child.Layout.Rows.Columns, column => column.Name == field.Name)).ToArray())];
        _claimed = [.. child.Checks.Select(_ => new Dictionary<UniqueValues, int>())];
        _lookups = [.. child.Checks.Select(check => check.Policy == CollisionPolicy.Overwrite
            ? child.Layout.WithWholeKeys(check.Lookups[0])
            : check.Lookups[0])];
    }

    private RelocationEntity Rows => _child.Layout.Rows.Entity;

    /// <exception cref="RowRefusedException">The database refused to delete what others take the place of.</exception>
    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (_child.HighestKey is null && _child.Checks.Any(check => check is { IsKey: true, Changed.Type: FieldType.Integer }))
        {
            var table = _child.Layout.Rows.Parts[0].Table;
            _child.HighestKey = await _transaction.ReadHighWaterMarkAsync(table, cancellationToken).ConfigureAwait(false);
        }

        var positions = Enumerable.Range(0, _rows.Count).ToList();
        for (var attempt = 0; positions.Count > 0; attempt++)
        {
            positions = await DecideAsync(positions, attempt, cancellationToken).ConfigureAwait(false);
        }

        if (_displaced.Count > 0 && _context.Problems.Count == 0)
        {
            await CountWithinAsync(_child, [.. _displacedOfBackup], cancellationToken).ConfigureAwait(false);
            await ChildReplacement.DeleteRowsAsync(_child.Layout, [.. _displaced], _transaction, cancellationToken).ConfigureAwait(false);
        }

        if (_hasNewKeys)
        {
            _child.PassOnKeys();
        }

        _child.Remove(_left);
    }

    /// <summary>Decides about some rows, and returns those that got other values.</summary>
    private async Task<List<int>> DecideAsync(List<int> positions, int attempt, CancellationToken cancellationToken)
    {
        var checks = _child.Checks;
        var values = new UniqueValues?[checks.Count][];
        var taken = new Dictionary<int, RecordKey>[checks.Count];
        for (var check = 0; check < checks.Count; check++)
        {
            var asked = positions.ConvertAll(position => (IReadOnlyList<object?>)[.. _columns[check].Select(column => ValueOf(position, column))]);
            var found = await RowSearch.FindAsync(_transaction, _lookups[check], asked, cancellationToken).ConfigureAwait(false);
            var meets = found.Select(match => match.Index).ToHashSet();
            taken[check] = [];
            foreach (var (index, key) in found.Where(match => match.Key is not null))
            {
                taken[check][index] = key!.Value;
            }

            values[check] = [.. asked.Select((list, index) =>
                _lookups[check].Condition is null || meets.Contains(index) ? UniqueValues.Of(checks[check], list) : null)];
        }

        var changed = new List<int>();
        for (var index = 0; index < positions.Count; index++)
        {
            var position = positions[index];
            var hits = HitsOf(index, values, taken);
            if (hits.Count > 0 && Change(position, hits, attempt))
            {
                changed.Add(position);
            }
            else if (!_left.Contains(position))
            {
                Claim(position, index, values);
            }
        }

        return changed;
    }

    /// <summary>The sets whose values are taken: by which row of the database, or by which row that waits.</summary>
    private List<Hit> HitsOf(int index, UniqueValues?[][] values, Dictionary<int, RecordKey>[] taken)
    {
        var hits = new List<Hit>();
        for (var check = 0; check < values.Length; check++)
        {
            if (values[check][index] is not { } own)
            {
                continue;
            }

            RecordKey? row = taken[check].TryGetValue(index, out var key) && !_displaced.Contains(key) ? key : null;
            int? waiting = _claimed[check].TryGetValue(own, out var other) && !_left.Contains(other) ? other : null;
            if (row is not null || waiting is not null)
            {
                hits.Add(new Hit(_child.Checks[check], row, waiting, _child.Claimed[check]?.TryGetValue(own, out var rank) == true ? rank : null));
            }
        }

        return hits;
    }

    private void Claim(int position, int index, UniqueValues?[][] values)
    {
        for (var check = 0; check < values.Length; check++)
        {
            if (values[check][index] is { } own)
            {
                _claimed[check][own] = position;
                if (_child.Claimed[check] is { } ranks)
                {
                    ranks[own] = RankOf(position);
                }
            }
        }
    }

    /// <summary>Does what the policies say; true when the row got other values, which have to be looked at in turn.</summary>
    private bool Change(int position, List<Hit> hits, int attempt)
    {
        var isRequired = _child.Layout.Child.IsRequired;
        if (hits.Find(hit => hit.Check.Policy == CollisionPolicy.Fail) is { } fail)
        {
            return Refuse(position, Errors.CollisionOfMember(fail.Check, _child.Layout.Child.Name));
        }

        var joining = hits.Find(hit => hit.Check.Policy == CollisionPolicy.Merge) ?? hits.Find(hit => hit.Check.Policy == CollisionPolicy.Overwrite);
        if (joining is not null && isRequired)
        {
            return Refuse(position, Errors.RequiredMemberTaken(joining.Check, _child.Layout.Child.Name));
        }

        if (joining?.Check.Policy == CollisionPolicy.Merge || hits.Exists(hit => hit.Check.Policy == CollisionPolicy.Overwrite && hit.Rank > RankOf(position)))
        {
            _left.Add(position);
            return false;
        }

        foreach (var hit in hits.Where(hit => hit.Check.Policy == CollisionPolicy.Overwrite))
        {
            Displace(hit);
        }

        var changes = hits.FindAll(hit => hit.Check.Policy is CollisionPolicy.Suffix or CollisionPolicy.Regenerate);
        if (changes.Count > 0 && attempt >= MostAttempts)
        {
            return Refuse(position, Errors.NoFreeValue(Rows, changes[0].Check.Name));
        }

        changes.ForEach(hit => GiveOther(position, hit.Check, attempt));
        return changes.Count > 0;
    }

    /// <summary>Has a row make way for one with the same values that comes later.</summary>
    private void Displace(Hit hit)
    {
        if (hit.Waiting is { } waiting)
        {
            _left.Add(waiting);
        }

        if (hit.Row is { } row && _displaced.Add(row) && hit.Rank is not null)
        {
            _displacedOfBackup.Add(row);
        }
    }

    private void GiveOther(int position, UniqueCheck check, int attempt)
    {
        var field = check.Changed!;
        var column = Array.FindIndex(_child.Layout.Rows.Columns, candidate => candidate.Name == field.Name);
        if (!_own.TryGetValue((position, check), out var own))
        {
            own = ValueOf(position, column) as string;
            _own.Add((position, check), own);
        }

        // Rows that are read later keep the values that they have. A Guid, which only a key may be here, has no suffix.
        var policy = field.Type == FieldType.Guid ? CollisionPolicy.Regenerate : check.Policy;
        object value;
        var skipped = 0;
        do
        {
            value = field.Type == FieldType.Integer
                ? (_child.HighestKey = _child.HighestKey!.Value + 1).Value
                : ValueFinder.Find(
                    policy, field, own, _context.Generated, Rows.Label, KeyOf(position), attempt + (MostAttempts * skipped++));
        }
        while (_context.Noted.MemberValues.Holds(field, value) && skipped < MostAttempts);

        var (batch, row) = _rows[position];
        batch.CellAt(row, column) = ValueReader.MustBe(_child.Layout.Rows.Columns[column], value, batch);
        _hasNewKeys |= check.IsKey;
    }

    private bool Refuse(int position, string message)
    {
        var records = _child.Reader.Table.Records;
        var rank = RankOf(position);
        _context.Problems.Add(BackupProblemKind.Collision, message, new PlaceRequest(
            records.OffsetOf(rank),
            $"/{records.ArrayIndexOf(rank)}",
            _child.Reader.Table.Entity.Label,
            _context.Problems.Shown(records.Keys[rank]),
            rank));
        return false;
    }

    /// <summary>Rows of the backup that are written already and make way for later ones, with all that hangs on them, were written for nothing.</summary>
    private async Task CountWithinAsync(ChildRows child, List<RecordKey> keys, CancellationToken cancellationToken)
    {
        child.Counts.Existing += keys.Count;
        foreach (var inner in keys.Count == 0 ? [] : child.Reader.Children)
        {
            var found = await ChildReplacement.FindAsync(inner.Layout, keys, _transaction, cancellationToken).ConfigureAwait(false);
            await CountWithinAsync(inner, found, cancellationToken).ConfigureAwait(false);
        }
    }

    private int RankOf(int position) => _rows[position].Batch.Ranks[_rows[position].Row];

    /// <summary>The row's own key: that of its owner and its number, or whatever tells it from others.</summary>
    private RecordKey KeyOf(int position)
    {
        var parts = Enumerable.Range(0, Rows.Key.Fields.Count)
            .Select(part => PlainValue.KeyOf(ValueOf(position, part)) ?? RecordKey.From(_rows[position].Row)).ToList();
        return parts.Count == 1 ? parts[0] : RecordKey.From(parts);
    }

    private object? ValueOf(int position, int column)
    {
        var (batch, row) = _rows[position];
        var cell = batch.CellAt(row, column);
        return cell.IsAbsent ? null : PlainValue.Of(_child.Layout.Rows.Columns[column], cell, batch);
    }

    /// <summary>A set whose values are taken.</summary>
    /// <param name="Check">The set.</param>
    /// <param name="Row">The row of the database that has them, if one has.</param>
    /// <param name="Waiting">The position of the row that waits and has them, if one has.</param>
    /// <param name="Rank">The record of the backup that has them by a row that is to be written over others; null for none.</param>
    private sealed record Hit(UniqueCheck Check, RecordKey? Row, int? Waiting, int? Rank);
}
