using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>Finds rows that refer to deleted ones by columns without a foreign key: users belong to the other half of a deployment.</summary>
/// <param name="sql">The transaction in which rows were deleted.</param>
/// <param name="model">The tables to search.</param>
internal sealed class OtherReferences(TaskSql sql, RelocationModel model)
{
    /// <summary>Finds a row that still refers to a deleted one.</summary>
    /// <param name="deleted">The keys of the deleted rows by their model.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <returns>The table and column, or null if there is none.</returns>
    internal async Task<(string Table, string Column)?> FindAsync(
        IReadOnlyDictionary<ModelLabel, List<long>> deleted, CancellationToken cancellationToken)
    {
        foreach (var entity in model.Entities)
        {
            foreach (var reference in entity.References.Where(reference => reference is { HasConstraint: false, Fields.Count: 1, TargetFields.Count: 0 }))
            {
                if (!deleted.TryGetValue(reference.Target, out var keys) || entity.Fields.FirstOrDefault(field => field.Name == reference.Fields[0]) is not { } field)
                {
                    continue;
                }

                foreach (var list in KeyLists.Of(keys))
                {
                    var column = ImportUndo.Quoted(field.Column);
                    var rows = await sql.NumbersAsync(
                        $"SELECT 1 FROM {ImportUndo.Quoted(entity.Table)} WHERE {column} IN ({list}) LIMIT 1", [], cancellationToken).ConfigureAwait(false);
                    if (rows.Count > 0)
                    {
                        return (entity.Table, field.Column);
                    }
                }
            }
        }

        return null;
    }
}
