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
    private readonly int[][] _columns;
    private readonly HashSet<UniqueValues>[] _claimed;
    private readonly Dictionary<RowBatch, HashSet<int>> _left = [];
    private readonly Dictionary<(RowBatch Batch, int Row, UniqueCheck Check), string?> _own = [];

    internal ChildCollisions(ChildRows child, ImportTransaction transaction, ImportContext context)
    {
        _child = child;
        _transaction = transaction;
        _context = context;
        _columns = [.. child.Checks.Select(check => check.AllFields
            .Select(field => Array.FindIndex(child.Layout.Rows.Columns, column => column.Name == field.Name)).ToArray())];
        _claimed = [.. child.Checks.Select(_ => new HashSet<UniqueValues>())];
    }

    private RelocationEntity Rows => _child.Layout.Rows.Entity;

    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        var rows = _child.Batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(row => (Batch: batch, Row: row))).ToList();
        for (var attempt = 0; rows.Count > 0; attempt++)
        {
            rows = await DecideAsync(rows, attempt, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (batch, left) in _left)
        {
            _child.Remove(batch, left);
        }
    }

    /// <summary>Decides about some rows, and returns those that got other values.</summary>
    private async Task<List<(RowBatch Batch, int Row)>> DecideAsync(
        List<(RowBatch Batch, int Row)> rows, int attempt, CancellationToken cancellationToken)
    {
        var checks = _child.Checks;
        var values = new UniqueValues?[checks.Count][];
        var taken = new HashSet<int>[checks.Count];
        for (var check = 0; check < checks.Count; check++)
        {
            var asked = rows.ConvertAll(row => (IReadOnlyList<object?>)[.. _columns[check].Select(column => ValueOf(row.Batch, row.Row, column))]);
            var found = await RowSearch.FindAsync(_transaction, checks[check].Lookups[0], asked, cancellationToken).ConfigureAwait(false);
            var meets = found.Select(match => match.Index).ToHashSet();
            taken[check] = [.. found.Where(match => match.Key is not null).Select(match => match.Index)];
            values[check] = [.. asked.Select((list, index) =>
                checks[check].Lookups[0].Condition is null || meets.Contains(index) ? UniqueValues.Of(checks[check], list) : null)];
        }

        var changed = new List<(RowBatch Batch, int Row)>();
        for (var index = 0; index < rows.Count; index++)
        {
            var hits = Enumerable.Range(0, checks.Count).Where(check => values[check][index] is { } own
                && (taken[check].Contains(index) || _claimed[check].Contains(own))).ToList();
            if (hits.Count == 0)
            {
                Claim(index, values);
            }
            else if (Change(rows[index].Batch, rows[index].Row, hits, attempt))
            {
                changed.Add(rows[index]);
            }
        }

        return changed;
    }

    private void Claim(int index, UniqueValues?[][] values)
    {
        for (var check = 0; check < values.Length; check++)
        {
            if (values[check][index] is { } own)
            {
                _claimed[check].Add(own);
            }
        }
    }

    /// <summary>Does what the policies say; true when the row got other values, which have to be looked at in turn.</summary>
    private bool Change(RowBatch batch, int row, List<int> hits, int attempt)
    {
        foreach (var check in hits.Select(hit => _child.Checks[hit]))
        {
            if (check.Policy == CollisionPolicy.Merge)
            {
                (_left.TryGetValue(batch, out var left) ? left : _left[batch] = []).Add(row);
                return false;
            }

            if (check.Changed is null || attempt >= MostAttempts)
            {
                Refuse(batch, row, check.Changed is null ? Errors.CollisionOfMember(check, _child.Layout.Child.Name) : Errors.NoFreeValue(Rows, check.Name));
                return false;
            }
        }

        foreach (var check in hits.Select(hit => _child.Checks[hit]))
        {
            var column = Array.FindIndex(_child.Layout.Rows.Columns, field => field.Name == check.Changed!.Name);
            if (!_own.TryGetValue((batch, row, check), out var own))
            {
                own = ValueOf(batch, row, column) as string;
                _own.Add((batch, row, check), own);
            }

            var value = ValueFinder.Find(check.Policy, check.Changed!, own, _context.Generated, Rows.Label, KeyOf(batch, row), attempt);
            batch.CellAt(row, column) = ValueReader.MustBe(_child.Layout.Rows.Columns[column], value, batch);
        }

        return true;
    }

    private void Refuse(RowBatch batch, int row, string message)
    {
        var records = _child.Reader.Table.Records;
        var rank = batch.Ranks[row];
        _context.Problems.Add(BackupProblemKind.Collision, message, new PlaceRequest(
            records.OffsetOf(rank),
            $"/{records.ArrayIndexOf(rank)}",
            _child.Reader.Table.Entity.Label,
            _context.Problems.Shown(records.Keys[rank]),
            rank));
    }

    /// <summary>The row's own key: that of its owner and its number, or whatever tells it from others.</summary>
    private RecordKey KeyOf(RowBatch batch, int row)
    {
        var parts = Enumerable.Range(0, Rows.Key.Fields.Count)
            .Select(part => PlainValue.KeyOf(ValueOf(batch, row, part)) ?? RecordKey.From(row)).ToList();
        return parts.Count == 1 ? parts[0] : RecordKey.From(parts);
    }

    private object? ValueOf(RowBatch batch, int row, int column)
    {
        var cell = batch.CellAt(row, column);
        return cell.IsAbsent ? null : PlainValue.Of(_child.Layout.Rows.Columns[column], cell, batch);
    }
}
