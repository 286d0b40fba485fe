using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.PostgreSql.Waiting;
using Relocation.Testing.Resetting;
using Respawn;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>Empties a database through Respawn.</summary>
internal static class PostgreSqlEmptying
{
    /// <exception cref="KnownFaultException">Other sessions had it in use for too long.</exception>
    internal static async Task RunAsync(NpgsqlConnection connection, ResetOptions options, Patience patience, CancellationToken cancellationToken)
    {
        var catalog = await PostgreSqlCatalog.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var plan = Plan(options, catalog);
        if (plan.Emptied.Count == 0)
        {
            return;
        }

        try
        {
            var watch = new LockWatch(connection, patience) { CancelsForOthers = true };
            var emptying = new PostgreSqlEmptyingAdapter(plan, catalog, options) { LockLimit = watch.Limit };
            await watch.LearnSessionAsync(cancellationToken).ConfigureAwait(false);
            var respawner = await Respawner.CreateAsync(connection, emptying.Adopt(options.Respawner)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await watch.WhileAsync(() => respawner.ResetAsync(connection), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (RowSecurity.IsRefusal(exception))
        {
            throw ResetErrors.EmptyingFailed(PostgreSqlNames.Engine, RowSecurity.Explain(exception), exception);
        }
        catch (PostgresException exception) when (PostgreSqlFaults.Of(exception) is { IsContention: true } fault)
        {
            throw ResetErrors.EmptyingFailed(PostgreSqlNames.Engine, FaultErrors.DatabaseInUseBecause(fault), exception);
        }
    }

    /// <summary>Which tables are emptied.</summary>
    internal static EmptyingPlan Plan(ResetOptions options, PostgreSqlCatalog catalog) =>
        options.Respawner.DbAdapter is { } adapter && adapter != DbAdapter.Postgres
            ? throw ResetErrors.ForeignAdapter(PostgreSqlNames.Engine, adapter.GetType().Name)
            : EmptyingPlan.Make(
                options.Respawner, StringComparison.Ordinal, catalog.Tables.Select(table => table.Name), catalog.Links);
}
