namespace Relocation.Testing.Engines;

/// <summary>One export's hold on a database: all that it reads is of one moment, unless a transaction of the caller's says otherwise.</summary>
internal abstract class ExportTransaction : IAsyncDisposable
{
    /// <summary>What is selected for a column, so that its value arrives in a form that the reader knows.</summary>
    /// <param name="field">What the column holds.</param>
    /// <param name="column">The column's quoted name, and its table's.</param>
    internal abstract string Selected(RelocationField field, string column);

    /// <summary>What rows are put in order by: the same order on every engine, whatever a database's rules for texts are.</summary>
    /// <param name="field">What the column holds.</param>
    /// <param name="column">The column's quoted name, and its table's.</param>
    internal abstract string Ordered(RelocationField field, string column);

    /// <summary>A query for the names of a table's columns; it has no rows where there is no such table.</summary>
    internal abstract string ColumnsSql(string? schema, string table);

    /// <summary>Begins to read a query's rows.</summary>
    /// <exception cref="ExportException">The database refuses the query.</exception>
    internal abstract Task<StoredRows> OpenAsync(ExportQuery query, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
