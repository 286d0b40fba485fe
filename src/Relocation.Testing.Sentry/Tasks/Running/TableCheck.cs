using System.Data.Common;
using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>Checks first whether a database has the tables of its version, since no attempt of a task could help.</summary>
internal static class TableCheck
{
    /// <summary>Whether the database has any of Sentry's tables.</summary>
    internal static async Task<bool> IsSentryAsync(TaskSql sql, RelocationModel model, CancellationToken cancellationToken) =>
        await RefusalAsync(sql, model.Find(Labels.User)!.Table, ["id"], cancellationToken).ConfigureAwait(false) is null;

    /// <exception cref="RelocationTaskException">A table or column is missing.</exception>
    internal static async Task RefuseOtherAsync(TaskSql sql, RelocationModel model, CancellationToken cancellationToken)
    {
        foreach (var entity in model.Entities)
        {
            var columns = entity.Key.Fields.Concat(entity.Fields).Select(field => field.Column);
            if (await RefusalAsync(sql, entity.Table, columns, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                throw Errors.OtherTables(model.Name, entity.Table, refusal);
            }
        }
    }

    /// <summary>
    /// The database's error about missing columns, or null. SQLite treats an unknown name as text unless it is qualified by a table.
    /// </summary>
    private static async Task<DbException?> RefusalAsync(TaskSql sql, string table, IEnumerable<string> columns, CancellationToken cancellationToken)
    {
        try
        {
            await sql.QueryAsync($"SELECT {string.Join(", ", columns.Select(column => $"t.\"{column}\""))} FROM \"{table}\" t WHERE 1 = 0", [], cancellationToken)
                .ConfigureAwait(false);
            return null;
        }
        catch (DbException refusal) when (!refusal.IsTransient)
        {
            return refusal;
        }
    }
}
