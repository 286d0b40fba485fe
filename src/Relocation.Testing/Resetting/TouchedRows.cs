using System.Data.Common;

namespace Relocation.Testing.Resetting;

/// <summary>A look at the rows that were touched since the baseline: all of one moment, and nothing is written.</summary>
/// <param name="transaction">The transaction in which rows are read. It ends with the look.</param>
internal sealed class TouchedRows(DbTransaction transaction) : IAsyncDisposable
{
    internal DbTransaction Transaction { get; } = transaction;

    internal required IReadOnlyList<TouchedTable> Tables { get; init; }

    /// <summary>What cannot be told by rows, as whole sentences.</summary>
    internal required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The schema of tables that are named without one, or null where tables live in none.</summary>
    internal string? DefaultSchema { get; init; }

    /// <summary>What is selected for a column that no model knows: its value as JSON. Given is the quoted name.</summary>
    internal required Func<string, string> AsJson { get; init; }

    public ValueTask DisposeAsync() => Transaction.DisposeAsync();
}
