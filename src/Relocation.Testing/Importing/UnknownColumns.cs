namespace Relocation.Testing.Importing;

/// <summary>
/// Finds tables of which the model knows a part only: columns that must have a value belong to another context, or to another program
/// (table splitting across contexts).
/// </summary>
internal static class UnknownColumns
{
    /// <exception cref="RelocationModelException">A table has such columns.</exception>
    internal static async Task RefuseAsync(
        RelocationModel model,
        IReadOnlyList<TableLoad> loads,
        DatabaseEngine engine,
        ImportTransaction transaction,
        CancellationToken cancellationToken)
    {
        if (loads.Count == 0)
        {
            return;
        }

        var tables = loads.Select(load => (load.Entity.Schema, load.Entity.Table)).ToList();
        var unknown = new SortedDictionary<int, List<string>>();
        var command = transaction.CreateCommand(engine.RequiredColumnsQuery(tables));
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var (load, column) = (reader.GetInt32(0), reader.GetString(1));
                    if (!Knows(loads[load].Entity, column))
                    {
                        (unknown.TryGetValue(load, out var columns) ? columns : unknown[load] = []).Add(column);
                    }
                }
            }
        }

        if (unknown.Count > 0)
        {
            throw Errors.TablesKnownInPart(model.Name, [.. unknown.Select(pair => (loads[pair.Key].Entity, (IReadOnlyList<string>)pair.Value))]);
        }
    }

    /// <summary>Names of columns that differ in case only are one column to SQLite.</summary>
    private static bool Knows(RelocationEntity table, string column) =>
        table.Key.Fields.Concat(table.Fields).Any(field => field.Column.Equals(column, StringComparison.OrdinalIgnoreCase));
}
