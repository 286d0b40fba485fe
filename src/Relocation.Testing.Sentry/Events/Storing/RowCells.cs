namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>The rows of one <see cref="RowStatement"/>, filled cell by cell.</summary>
internal abstract class RowCells
{
    /// <summary>How many rows are complete.</summary>
    internal int Count { get; private set; }

    internal abstract RowCells Add(long? value);

    internal abstract RowCells Add(string? value);

    internal abstract RowCells Add(DateTimeOffset? value);

    internal abstract RowCells Add(DocumentRange value);

    /// <summary>Ends a row, all of whose cells are there.</summary>
    internal void EndRow()
    {
        Complete();
        Count++;
    }

    private protected virtual void Complete()
    {
    }

    /// <summary>PostgreSQL's texts hold no NUL, so neither engine's do: the application drops it too.</summary>
    internal static string Storable(string value) =>
        value.Contains('\0', StringComparison.Ordinal) ? value.Replace("\0", string.Empty, StringComparison.Ordinal) : value;
}
