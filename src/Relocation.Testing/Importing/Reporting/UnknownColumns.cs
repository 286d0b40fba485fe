using Relocation.Testing.Engines;
using Relocation.Testing.Schemas;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Importing.Reporting;

/// <summary>
/// Finds tables of which the model knows a part only: columns that must have a value belong to another context, or to another program
/// (table splitting across contexts).
/// </summary>
internal static class UnknownColumns
{
    /// <exception cref="RelocationModelException">A table has such columns.</exception>
    internal static void Refuse(RelocationModel model, ImportTransaction transaction)
    {
        List<(Table Table, string Column)>? unknown = null;
        foreach (var column in transaction.RequiredColumns)
        {
            if (!Knows(column.Table.Columns, column.Column))
            {
                (unknown ??= []).Add(column);
            }
        }

        if (unknown is not null)
        {
            throw SchemaErrors.TablesKnownInPart(
                model.Name,
                [.. unknown.GroupBy(column => column.Table, column => column.Column).Select(columns => (columns.Key, (IReadOnlyList<string>)[.. columns]))]);
        }
    }

    /// <summary>Names of columns that differ in case only are one column to SQLite.</summary>
    private static bool Knows(IReadOnlyList<RelocationField> fields, string column)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (fields[index].Column.Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
