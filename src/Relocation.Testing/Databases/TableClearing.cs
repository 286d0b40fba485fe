using Relocation.Testing.Planning;

namespace Relocation.Testing.Databases;

/// <summary>Deletes all rows and leaves key counters as they are.</summary>
internal static class TableClearing
{
    internal static async Task DeleteAsync(TestDatabase database, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                foreach (var statement in Statements(database))
                {
                    var command = connection.CreateCommand();
                    await using (command.ConfigureAwait(false))
                    {
                        command.Transaction = transaction;
#pragma warning disable CA2100 // Tables and columns are the model's, and quoted.
                        command.CommandText = statement;
#pragma warning restore CA2100
                        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                    }
                }

                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Circles are opened where the import closes them last; then each table comes before those that its rows refer to.</summary>
    private static IEnumerable<string> Statements(TestDatabase database)
    {
        var engine = database.Engine;
        foreach (var planned in ImportPlan.For(database.Model).Models.Where(planned => planned.Entity.Tables.Count == 0))
        {
            var columns = planned.Cuts.Where(cut => cut.Kind == CutKind.FilledInLater).SelectMany(cut => cut.Reference.Fields)
                .Select(planned.Entity.FindField).Where(field => field is { IsNullable: true }).Select(field => field!.Column).Distinct().ToList();
            if (columns.Count > 0)
            {
                yield return $"UPDATE {Table(planned.Entity.Schema, planned.Entity.Table)} SET {string.Join(", ", columns.Select(column => $"{engine.Quote(column)} = NULL"))}";
            }
        }

        foreach (var table in ModelDependencies.Of(database.Model).Tables.Reverse())
        {
            var parts = table.Split('.', 2);
            yield return $"DELETE FROM {(parts.Length == 2 ? Table(parts[0], parts[1]) : Table(null, table))}";
        }

        string Table(string? schema, string name) => schema is null ? engine.Quote(name) : $"{engine.Quote(schema)}.{engine.Quote(name)}";
    }
}
