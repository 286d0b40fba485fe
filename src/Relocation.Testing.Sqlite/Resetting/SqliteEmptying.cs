using System.Data;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Resetting;
using Relocation.Testing.Sqlite.Statements;
using Relocation.Testing.Sqlite.Waiting;
using Respawn;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>Empties a database by Respawn, with the necessary preparation.</summary>
internal static class SqliteEmptying
{
    /// <exception cref="KnownFaultException">Other connections had it in use for too long.</exception>
    internal static async Task RunAsync(SqliteConnection connection, ResetOptions options, Patience patience, CancellationToken cancellationToken)
    {
        var wait = new SqliteWait(connection, patience);
        var catalog = await wait.DoAsync(() => SqliteCatalog.ReadAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
        var plan = Plan(options, catalog);
        if (plan.Emptied.Count == 0)
        {
            return;
        }

        var adapter = new SqliteEmptyingAdapter(plan, catalog);
        await wait.DoAsync(
            () =>
            {
                wait.RequireNoWriter();
                return EmptyAsync(connection, options, adapter, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
        await wait.DoAsync(() => RequireReferencesAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Which tables are emptied.</summary>
    internal static EmptyingPlan Plan(ResetOptions options, SqliteCatalog catalog) =>
        options.Respawner.DbAdapter is { } adapter && adapter != DbAdapter.Sqlite
            ? throw ResetErrors.ForeignAdapter(SqliteNames.Engine, adapter.GetType().Name)
            : EmptyingPlan.Make(options.Respawner, StringComparison.OrdinalIgnoreCase, catalog.Tables, catalog.Links);

    private static async Task EmptyAsync(
        SqliteConnection connection, ResetOptions options, SqliteEmptyingAdapter adapter, CancellationToken cancellationToken)
    {
        // SQLite ignores this pragma inside a transaction, so it is set before Respawn begins one.
        var enforced = await connection.ReadAsync("PRAGMA foreign_keys", cancellationToken).ConfigureAwait(false);
        var triggers = SetTriggers(connection, enabled: 0);
        await connection.ExecuteAsync("PRAGMA foreign_keys = OFF", cancellationToken).ConfigureAwait(false);
        try
        {
            var respawner = await Respawner.CreateAsync(connection, adapter.Adopt(options.Respawner)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await respawner.ResetAsync(connection).ConfigureAwait(false);
        }
        finally
        {
            SetTriggers(connection, triggers);
            await connection.ExecuteAsync($"PRAGMA foreign_keys = {enforced[0][0]}", CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Switches triggers, which would write into tables that are already empty, on or off, and returns whether they were on.</summary>
    private static int SetTriggers(SqliteConnection connection, int enabled)
    {
        _ = raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, -1, out var before);
        _ = raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, enabled, out _);
        return before;
    }

    private static async Task RequireReferencesAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var broken = await connection.ReadAsync(
            "SELECT DISTINCT \"table\" FROM pragma_foreign_key_check ORDER BY 1", cancellationToken).ConfigureAwait(false);
        if (broken.Count > 0)
        {
            throw ResetErrors.ReferencesBroken([.. broken.Select(row => $"'{row[0]}'")]);
        }
    }
}
