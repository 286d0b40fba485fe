using Npgsql;
using Relocation.Testing.Resetting;
using Respawn;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>Empties a database through Respawn.</summary>
internal static class PostgreSqlEmptying
{
    internal static async Task RunAsync(NpgsqlConnection connection, ResetOptions options, CancellationToken cancellationToken)
    {
        var catalog = await PostgreSqlCatalog.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var plan = Plan(options, catalog);
        if (plan.Emptied.Count == 0)
        {
            return;
        }

        try
        {
            var emptying = new PostgreSqlEmptyingAdapter(plan, catalog, options);
            var respawner = await Respawner.CreateAsync(connection, emptying.Adopt(options.Respawner)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await respawner.ResetAsync(connection).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (RowSecurity.IsRefusal(exception))
        {
            throw Errors.EmptyingFailed(PostgreSqlEngine.Instance, RowSecurity.Explain(exception), exception);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw Errors.EmptyingFailed(PostgreSqlEngine.Instance, Errors.DatabaseInUse, exception);
        }
    }

    /// <summary>Which tables are emptied.</summary>
    internal static EmptyingPlan Plan(ResetOptions options, PostgreSqlCatalog catalog) =>
        options.Respawner.DbAdapter is { } adapter && adapter != DbAdapter.Postgres
            ? throw Errors.ForeignAdapter(PostgreSqlEngine.Instance, adapter.GetType().Name)
            : EmptyingPlan.Make(
                options.Respawner, StringComparison.Ordinal, catalog.Tables.Select(table => table.Name), catalog.Links);
}
