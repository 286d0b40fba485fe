namespace Relocation.Testing.Importing;

/// <summary>The rows of one member of records: they wait until their owners are written.</summary>
internal sealed class ChildRows
{
    private const int RowsInBatch = 128;

    /// <param name="layout">What the rows look like.</param>
    /// <param name="reader">Reads them.</param>
    /// <param name="cuts">The references that lead to what comes later.</param>
    /// <param name="onCollision">What is done when their owners' unique values are taken.</param>
    internal ChildRows(
        ChildLayout layout, RecordReader reader, IReadOnlyCollection<RelocationReference> cuts, CollisionPolicy? onCollision)
    {
        Checks = UniqueCheck.OfRows(layout, onCollision);
        Layout = layout;
        Reader = reader;
        IsLate = layout.Child.Rows.References.Any(cuts.Contains);
    }

    internal ChildLayout Layout { get; }

    internal RecordReader Reader { get; }

    /// <summary>Whether the rows wait for the end of the import, since what they refer to comes later than their owners.</summary>
    internal bool IsLate { get; }

    internal List<RowBatch> Batches { get; } = [];

    /// <summary>The keys of owners that are written over others: the rows that they have make way for these.</summary>
    internal List<RecordKey> Replaced { get; } = [];

    /// <summary>The unique sets of the rows that have a policy.</summary>
    internal IReadOnlyList<UniqueCheck> Checks { get; }

    internal int Count => Batches.Sum(batch => batch.Count);

    internal RowBatch BatchWithRoom()
    {
        if (Batches.Count == 0 || Batches[^1].IsFull)
        {
            Batches.Add(new RowBatch(Reader.Columns, RowsInBatch));
        }

        return Batches[^1];
    }

    /// <summary>Leaves out some of the rows of a batch.</summary>
    internal void Remove(RowBatch batch, IReadOnlySet<int> rows)
    {
        var kept = new RowBatch(batch.Columns, batch.Capacity);
        for (var row = 0; row < batch.Count; row++)
        {
            if (rows.Contains(row))
            {
                continue;
            }

            var to = kept.NextRow();
            for (var column = 0; column < to.Length; column++)
            {
                to[column] = kept.Copy(batch.CellAt(row, column), batch);
            }

            kept.CompleteRow(batch.Ranks[row]);
        }

        Batches[Batches.IndexOf(batch)] = kept;
        batch.Dispose();
    }

    /// <summary>Forgets the rows.</summary>
    internal void Clear()
    {
        Batches.ForEach(batch => batch.Dispose());
        Batches.Clear();
    }
}
