namespace Relocation.Testing.Importing;

/// <summary>The rows of one member of records: they wait until their owners are written.</summary>
internal sealed class ChildRows
{
    private const int RowsInBatch = 128;

    internal ChildRows(ChildLayout layout, RecordReader reader, IReadOnlyCollection<RelocationReference> cuts)
    {
        Layout = layout;
        Reader = reader;
        IsLate = layout.Child.Rows.References.Any(cuts.Contains);
    }

    internal ChildLayout Layout { get; }

    internal RecordReader Reader { get; }

    /// <summary>Whether the rows wait for the end of the import, since what they refer to comes later than their owners.</summary>
    internal bool IsLate { get; }

    internal List<RowBatch> Batches { get; } = [];

    internal int Count => Batches.Sum(batch => batch.Count);

    internal RowBatch BatchWithRoom()
    {
        if (Batches.Count == 0 || Batches[^1].IsFull)
        {
            Batches.Add(new RowBatch(Reader.Columns, RowsInBatch));
        }

        return Batches[^1];
    }

    /// <summary>Forgets the rows.</summary>
    internal void Clear()
    {
        Batches.ForEach(batch => batch.Dispose());
        Batches.Clear();
    }
}
