namespace Relocation.Testing;

/// <summary>Rows that triggers have added to one table during an import.</summary>
/// <param name="Table">The table, as the database calls it.</param>
/// <param name="Rows">How many rows were added beyond those of the backup's records.</param>
public sealed record TriggeredRows(string Table, long Rows)
{
    /// <summary>The table and the number.</summary>
    public override string ToString() => $"{Table}: {Rows}";
}
