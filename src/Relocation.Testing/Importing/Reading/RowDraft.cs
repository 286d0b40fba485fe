using Relocation.Testing.Backups;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing.Reading;

/// <summary>A row that is being filled, and what it is read from.</summary>
internal readonly ref struct RowDraft(RecordCursor cursor, RowBatch batch, int start)
{
    /// <summary>At the record.</summary>
    internal RecordCursor Cursor { get; } = cursor;

    /// <summary>Takes the row.</summary>
    internal RowBatch Batch { get; } = batch;

    internal Span<Cell> Cells { get; } = batch.NextRow();

    /// <summary>Where, within the record's fields, the element stands that the row is read from; 0 for a record's own row.</summary>
    internal int Start { get; } = start;

    internal int Rank => Cursor.Rank;
}
