using System.Globalization;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.PostgreSql.Waiting;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>Templates that all processes of a server share, as databases there; each is made and copied under a lock.</summary>
/// <remarks>
/// A template is made under the name of its process, and gets its own name when it is complete: so a half-made one is never used, and is
/// swept as any database of a killed process is.
/// </remarks>
/// <param name="server">The server.</param>
/// <param name="clock">Says which day it is: templates that nobody has used for a week are dropped.</param>
internal sealed class ServerTemplates(ServerUse server, TimeProvider clock)
{
    private const string Prefix = "relocation_template_test_";
    private const string Comment = "Template of Relocation.Testing, last used ";
    private const int DaysKept = 7;

    /// <summary>Copies the template of a key, which is made if it is missing.</summary>
    /// <param name="key">Says what the template holds: hexadecimal digits.</param>
    /// <param name="fill">Fills the template.</param>
    /// <param name="request">What the copy is for.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal async Task<DatabaseLease> CopyAsync(
        string key, Func<DatabaseLease, CancellationToken, Task> fill, DatabaseRequest request, CancellationToken cancellationToken)
    {
        var name = Prefix + key;
        var session = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            // Others who wait for this session see its process by this name.
            await session.ExecuteAsync(
                string.Create(CultureInfo.InvariantCulture, $"SET application_name = 'Relocation.Testing, process {Environment.ProcessId}'"), cancellationToken)
                .ConfigureAwait(false);
            var holders = new LockHolders("the shared baseline, which it makes or copies");
            await new LockWatch(session, request.Patience, holders, WaitErrors.EndHolder()).LockAsync(Number(key), cancellationToken).ConfigureAwait(false);
            var found = await session.ReadAsync(
                $"SELECT 1 FROM pg_catalog.pg_database WHERE datname = '{name}'", cancellationToken).ConfigureAwait(false);
            if (found.Count == 0)
            {
                await RemoveOldAsync(session, cancellationToken).ConfigureAwait(false);
                await MakeAsync(name, fill, cancellationToken).ConfigureAwait(false);
            }

            await session.ExecuteAsync(
                $"COMMENT ON DATABASE {name} IS '{Comment}{Day(0)}'", cancellationToken).ConfigureAwait(false);
            var copy = await server.AgainAsync(cancellationToken).ConfigureAwait(false);
            return await CreatedDatabase.CreateAsync(copy, name, request, cancellationToken).ConfigureAwait(false);
        }
    }

    private string Day(int ago) => clock.GetUtcNow().UtcDateTime.AddDays(-ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(string key) =>
        long.Parse(key[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private async Task MakeAsync(string name, Func<DatabaseLease, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        var use = await server.AgainAsync(cancellationToken).ConfigureAwait(false);
        var database = await CreatedDatabase.CreateAsync(use, template: null, new DatabaseRequest(Keep: false, Patience.Default), cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            await fill(database, cancellationToken).ConfigureAwait(false);
            await database.DisconnectAsync(cancellationToken).ConfigureAwait(false);
            await server.ExecuteAsync(
                $"ALTER DATABASE {PostgreSqlNames.Quote(database.Name)} RENAME TO {name}", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Drops templates that were not used for long, each under its lock.</summary>
    private async Task RemoveOldAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        var old = await session.ReadAsync(
            $"""
            SELECT datname::text FROM pg_catalog.pg_database
            WHERE datname ~ '^{Prefix}[0-9a-f]+$' AND shobj_description(oid, 'pg_database') ~ '^{Comment}[0-9-]+$'
                AND substr(shobj_description(oid, 'pg_database'), {Comment.Length + 1})::date < '{Day(DaysKept)}'
            """,
            cancellationToken).ConfigureAwait(false);
        foreach (var name in old.Select(row => (string)row[0]!))
        {
            var number = Number(name[Prefix.Length..]);
            var locked = await session.ReadAsync($"SELECT pg_catalog.pg_try_advisory_lock({number})", cancellationToken).ConfigureAwait(false);
            if ((bool)locked[0][0]!)
            {
                await DatabaseSweep.DropUnusedAsync(server, name, cancellationToken).ConfigureAwait(false);
                await session.ExecuteAsync($"SELECT pg_catalog.pg_advisory_unlock({number})", cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
