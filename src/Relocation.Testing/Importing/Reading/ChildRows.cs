using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Reading;

/// <summary>The rows of one member of records: they wait until their owners are written.</summary>
internal sealed class ChildRows
{
    private const int RowsInBatch = 128;

    private List<int> _owners = [];

    /// <param name="layout">What the rows look like.</param>
    /// <param name="reader">Reads them.</param>
    /// <param name="cuts">The references that lead to what comes later.</param>
    /// <param name="onCollision">What is done when their owners' unique values are taken.</param>
    internal ChildRows(
        ChildLayout layout, RowReader reader, IReadOnlyCollection<RelocationReference> cuts, CollisionPolicy? onCollision)
    {
        Checks = UniqueCheck.OfRows(layout, onCollision);
        Claimed = [.. Checks.Select(check => check.Policy == CollisionPolicy.Overwrite ? new Dictionary<UniqueValues, int>() : null)];
        Layout = layout;
        Reader = reader;
        IsLate = layout.Child.Rows.References.Any(cuts.Contains);
    }

    internal ChildLayout Layout { get; }

    internal RowReader Reader { get; }

    /// <summary>Whether the rows wait for the end of the import, since what they refer to comes later than their owners.</summary>
    internal bool IsLate { get; }

    internal List<RowBatch> Batches { get; private set; } = [];

    /// <summary>The keys of owners that are written over others: the rows that they have make way for these.</summary>
    internal List<RecordKey> Replaced { get; } = [];

    /// <summary>Whether each element is a key that may stand in a list once only, as the pair of both keys is the row's own and no policy merges them.</summary>
    internal bool TakesPairsOnce => Layout.Child.HoldsKeys && Checks.Count == 0 && Layout.IsKeyOfPair;

    /// <summary>The unique sets of the rows that have a policy.</summary>
    internal IReadOnlyList<UniqueCheck> Checks { get; }

    /// <summary>
    /// For each set of rows that are written over others, which record has its values: of several the last one, in whatever order they are
    /// written.
    /// </summary>
    internal Dictionary<UniqueValues, int>?[] Claimed { get; }

    /// <summary>The highest number that a row has, or was given as its own was taken; null until that is asked for.</summary>
    internal long? HighestKey { get; set; }

    /// <summary>What became of the elements of the backup.</summary>
    internal ElementCounts Counts { get; } = new();

    /// <summary>How many rows wait.</summary>
    internal int Count => _owners.Count;

    internal RowBatch BatchWithRoom()
    {
        if (Batches.Count == 0 || Batches[^1].IsFull)
        {
            Batches.Add(new RowBatch(Reader.Columns, RowsInBatch));
        }

        return Batches[^1];
    }

    /// <summary>Notes whose the row is that the last batch has got.</summary>
    /// <param name="owner">The position of the owner among the rows that wait, where that is a row of a member itself; else 0.</param>
    internal void Complete(int owner) => _owners.Add(owner);

    /// <summary>The rows that wait, in the order of their positions.</summary>
    internal List<(RowBatch Batch, int Row)> Positions() =>
        [.. Batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(row => (batch, row)))];

    /// <summary>Leaves out some of the rows, and what hangs on them.</summary>
    internal void Remove(IReadOnlySet<int> positions)
    {
        if (positions.Count == 0)
        {
            return;
        }

        Counts.Existing += positions.Count;
        var before = Batches;
        var (owners, moved, position) = (_owners, new int[Count], 0);
        Batches = [];
        _owners = [];
        foreach (var batch in before)
        {
            for (var row = 0; row < batch.Count; row++, position++)
            {
                moved[position] = positions.Contains(position) ? -1 : Count;
                if (moved[position] >= 0)
                {
                    Keep(batch, row);
                    Complete(owners[position]);
                }
            }

            batch.Dispose();
        }

        foreach (var inner in Reader.Children)
        {
            inner.Remove(Enumerable.Range(0, inner.Count).Where(row => moved[inner._owners[row]] < 0).ToHashSet());
            inner._owners = inner._owners.ConvertAll(owner => moved[owner]);
        }
    }

    /// <summary>Has the rows that hang on these take their keys again, as some have got others.</summary>
    internal void PassOnKeys()
    {
        var rows = Positions();
        foreach (var inner in Reader.Children)
        {
            var position = 0;
            foreach (var (batch, row) in inner.Positions())
            {
                var (ownerBatch, ownerRow) = rows[inner._owners[position++]];
                for (var part = 0; part < inner.Layout.OwnerColumns.Length; part++)
                {
                    batch.CellAt(row, inner.Layout.OwnerColumns[part]) = batch.Copy(ownerBatch.CellAt(ownerRow, part), ownerBatch);
                }
            }

            inner.PassOnKeys();
        }
    }

    /// <summary>Takes away the rows, to be written later.</summary>
    internal WaitingRows Take()
    {
        var waiting = new WaitingRows(this, Batches, _owners);
        Batches = [];
        _owners = [];
        return waiting;
    }

    /// <summary>Puts rows back that were taken away. None wait.</summary>
    internal void Restore(WaitingRows waiting)
    {
        Batches = waiting.Batches;
        _owners = waiting.Owners;
    }

    /// <summary>Forgets the rows.</summary>
    internal void Clear()
    {
        Batches.ForEach(batch => batch.Dispose());
        Batches.Clear();
        _owners.Clear();
    }

    private void Keep(RowBatch batch, int row)
    {
        var kept = BatchWithRoom();
        var cells = kept.NextRow();
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = kept.Copy(batch.CellAt(row, column), batch);
        }

        kept.CompleteRow(batch.Ranks[row]);
    }
}
