using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Resetting;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>
/// Copies the database of a failed test to where it can be opened after the run: into a database beside it, or into a dump if the server
/// does not stay.
/// </summary>
internal sealed class DatabaseKeeping(ServerUse server, KeptPlace place)
{
    private const string Prefix = "relocation_kept_test_";

    /// <summary>PostgreSQL truncates longer names.</summary>
    private const int LongestName = 63;

    private string Comment => $"Kept by Relocation.Testing for a failed test of {place.Origin}";

    /// <summary>Keeps a copy.</summary>
    /// <param name="database">The database, without connections.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal async Task<KeptDatabase> RunAsync(string database, CancellationToken cancellationToken)
    {
        var copy = place.NewDatabaseName(Prefix, LongestName);
        await CreatedDatabase.CreateAsync(server, copy, database, cancellationToken).ConfigureAwait(false);
        try
        {
            await server.ExecuteAsync(
                copy, $"DROP SCHEMA IF EXISTS {PostgreSqlCatalog.BaselineSchema} CASCADE", cancellationToken).ConfigureAwait(false);
            if (server.Programs is { } programs)
            {
                var path = await DumpAsync(programs, copy, cancellationToken).ConfigureAwait(false);
                await CreatedDatabase.DropAsync(server, copy).ConfigureAwait(false);
                return new KeptDatabase(
                    $"The test's PostgreSQL database is kept as the dump '{path}'. Load it into an empty database: "
                    + $"psql -d some_database -f '{path}'.",
                    path);
            }

            await server.ExecuteAsync(
                $"COMMENT ON DATABASE {PostgreSqlNames.Quote(copy)} IS {PostgreSqlCatalog.Literal(Comment)}", cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            await CreatedDatabase.DropAsync(server, copy).ConfigureAwait(false);
            throw;
        }

        await PruneAsync(cancellationToken).ConfigureAwait(false);
        return new KeptDatabase(
            $"The test's PostgreSQL database is kept on the server as '{copy}': "
            + $"{ShownConnectionString.Of(server.ConnectionString(copy))}", path: null);
    }

    /// <summary>The program beside the server's, or else the one that PATH leads to: some servers come without clients.</summary>
    internal static string ProgramIn(string programs, string name) =>
        Path.Combine(programs, name) is var path && File.Exists(path) ? path : name;

    private async Task<string> DumpAsync(string programs, string database, CancellationToken cancellationToken)
    {
        var path = place.NewFile(".sql");
        await OwnFile.Create(path).DisposeAsync().ConfigureAwait(false);
        try
        {
            await ShellCommand.RunAsync(
                [
                    ProgramIn(programs, "pg_dump"), "--host", server.Host, "--username", "postgres", "--no-owner", "--no-privileges",
                    "--file", path, database,
                ],
                cancellationToken).ConfigureAwait(false);
        }
        catch (PostgreSqlUnavailableException exception)
        {
            File.Delete(path);
            throw DatabaseErrors.NotKept(database, $"{exception.Message} A dump needs the program pg_dump beside the server's, or in PATH.", exception);
        }

        place.Prune();
        return path;
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        var kept = await server.ReadAsync(
            $"""
            SELECT datname::text FROM pg_catalog.pg_database
            WHERE starts_with(datname, '{Prefix}') AND pg_catalog.shobj_description(oid, 'pg_database') = {PostgreSqlCatalog.Literal(Comment)}
            """,
            cancellationToken).ConfigureAwait(false);
        var old = kept.Select(row => (string)row[0]!).Where(name => KeptPlace.MarkOf(name) is not null)
            .OrderByDescending(KeptPlace.MarkOf, StringComparer.Ordinal).Skip(KeptPlace.Most);
        foreach (var name in old)
        {
            await DatabaseSweep.DropUnusedAsync(server, name, cancellationToken).ConfigureAwait(false);
        }
    }
}
