using System.Data.Common;
using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>
/// Finds out before anything is done whether a database has the tables of the version that it is used with: no attempt of a task could do anything
/// about it.
/// </summary>
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

    /// <summary>What the database says against reading columns, or null where it has them. SQLite takes an unknown name for a text unless it is a table's.</summary>
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
