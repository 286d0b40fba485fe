namespace Relocation.Testing.Importing;

/// <summary>
/// Finds tables of which the model knows a part only: columns that must have a value belong to another context, or to another program
/// (table splitting across contexts).
/// </summary>
internal static class UnknownColumns
{
    /// <exception cref="RelocationModelException">A table has such columns.</exception>
    internal static void Refuse(RelocationModel model, ImportTransaction transaction)
    {
        var unknown = transaction.RequiredColumns
            .Where(column => !Knows(column.Table, column.Column))
            .GroupBy(column => column.Table, column => column.Column)
            .Select(columns => (columns.Key, (IReadOnlyList<string>)[.. columns]))
            .ToList();
        if (unknown.Count > 0)
        {
            throw Errors.TablesKnownInPart(model.Name, unknown);
        }
    }

    /// <summary>Names of columns that differ in case only are one column to SQLite.</summary>
    private static bool Knows(RelocationEntity table, string column) =>
        table.Key.Fields.Concat(table.Fields).Any(field => field.Column.Equals(column, StringComparison.OrdinalIgnoreCase));
}
