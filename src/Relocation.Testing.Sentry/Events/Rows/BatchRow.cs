namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>A row as a batch knows it: found, or to be added; what later events of the batch see is what earlier ones have made of it.</summary>
internal abstract class BatchRow
{
    /// <summary>The key; of a new row, once keys are handed out.</summary>
    internal long Id { get; set; }

    /// <summary>Whether the batch adds the row.</summary>
    internal bool IsNew { get; init; }

    /// <summary>Whether the batch changes a row that it has found.</summary>
    internal bool IsChanged { get; set; }
}
