using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Places;
using Relocation.Testing.Sqlite.Resetting;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>Copies the database of a failed test into a file that stays.</summary>
internal static class SqliteKeeping
{
    internal static async Task<KeptDatabase> RunAsync(
        string connectionString, KeptPlace place, CancellationToken cancellationToken)
    {
        var path = await CreateAsync(place).ConfigureAwait(false);
        try
        {
            await CopyAsync(connectionString, path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            File.Delete(path);
            if (SqliteFaults.Of(exception) is { } fault)
            {
                var placed = PlacedFault.Of(fault, SqliteLocation.Of(new SqliteConnectionStringBuilder { DataSource = path }), PlaceChoice.OfKept());
                throw DatabaseErrors.NotKept(path, $"{placed.Cause}. {placed.Advice}", exception);
            }

            throw;
        }

        place.Prune();
        return new KeptDatabase($"The test's SQLite database is kept as '{path}'. Open it with any SQLite tool.", path);
    }

    private static async Task<string> CreateAsync(KeptPlace place)
    {
        try
        {
            var path = place.NewFile(".db");
            await OwnFile.Create(path).DisposeAsync().ConfigureAwait(false);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var fault = PlacedFault.OfFile("The file", place.Folder, PlaceChoice.OfKept(), exception).Fault;
            throw DatabaseErrors.NotKept(place.Folder, $"{fault.Cause}. {fault.Advice}", exception);
        }
    }

    private static async Task CopyAsync(string connectionString, string path, CancellationToken cancellationToken)
    {
        var live = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        var kept = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await using (live.ConfigureAwait(false))
        await using (kept.ConfigureAwait(false))
        {
            await live.OpenAsync(cancellationToken).ConfigureAwait(false);
            await kept.OpenAsync(cancellationToken).ConfigureAwait(false);
            live.BackupDatabase(kept);

            // A single file can be attached and sent.
            await kept.ExecuteAsync("PRAGMA journal_mode = DELETE", cancellationToken).ConfigureAwait(false);
            UndoSession.SetTriggers(kept, enabled: false);
            await SqliteUndoLog.RemoveLeftoversAsync(kept, cancellationToken).ConfigureAwait(false);
        }
    }
}
