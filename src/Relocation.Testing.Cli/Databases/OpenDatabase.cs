using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Resuming;
using Relocation.Testing.Sqlite.Waiting;

namespace Relocation.Testing.Cli.Databases;

/// <summary>An open database. One that this command created is deleted unless it is kept.</summary>
internal sealed class OpenDatabase : IAsyncDisposable
{
    private static readonly string[] FileEnds = ["", "-journal", "-wal", "-shm"];

    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(300);

    private static readonly ConcurrentDictionary<string, OpenDatabase> Unfinished = new(StringComparer.Ordinal);

    private readonly DatabaseLocation _location;
    private Guid? _resumeId;
    private bool _isKept;

    private OpenDatabase(DatabaseLocation location, DbConnection connection, bool isNew)
    {
        _location = location;
        Connection = connection;
        IsNew = isNew;
        if (isNew)
        {
            Unfinished[location.File!] = this;
        }
    }

    internal DatabaseEngine Engine => _location.Engine;

    internal DbConnection Connection { get; }

    /// <summary>Whether this command made the database.</summary>
    internal bool IsNew { get; }

    /// <summary>Opens a database, and refuses an existing one that is not a test database.</summary>
    /// <param name="location">The database.</param>
    /// <param name="mayCreate">Whether a missing file is created.</param>
    /// <param name="allowAnyName">Whether any name is accepted.</param>
    /// <param name="patience">How long to wait for others that block reading.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    internal static async Task<OpenDatabase> OpenAsync(
        DatabaseLocation location, bool mayCreate, bool allowAnyName, Patience patience, CancellationToken cancellationToken)
    {
        var isNew = location.File is { } file && !File.Exists(file);
        if (isNew && !mayCreate)
        {
            throw Errors.DatabaseMissing(location.Description);
        }

        var database = new OpenDatabase(location, location.Engine.CreateConnection(location.ConnectionString), isNew);
        try
        {
            await database.ConnectAsync(isNew || allowAnyName, patience, cancellationToken).ConfigureAwait(false);
            return database;
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Keeps what was created for the work, unless it is temporary.</summary>
    internal void Keep()
    {
        _isKept = !_location.IsTemporary;
        if (_isKept && _location.File is { } file)
        {
            Unfinished.TryRemove(file, out _);
        }
    }

    /// <summary>
    /// Deletes databases that commands had created, if the process ends before they can. Databases with committed chunks, or possibly
    /// committed ones, stay.
    /// </summary>
    internal static void RemoveUnfinished()
    {
        foreach (var (file, database) in Unfinished)
        {
            if (!database.MayHoldCommitted())
            {
                Remove(file);
            }
        }
    }

    /// <summary>Imports, and keeps what was created for the import if anything was committed.</summary>
    /// <param name="resumeId">The identity of a resumable import, or null.</param>
    /// <param name="import">The import.</param>
    /// <exception cref="InterruptedImportException">The import has failed after chunks of it had been committed.</exception>
    internal async Task<T> KeepWhatIsCommittedAsync<T>(Guid? resumeId, Func<Task<T>> import)
    {
        _resumeId = resumeId;
        try
        {
            var result = await import().ConfigureAwait(false);
            Keep();
            return result;
        }
        catch (Exception exception) when (resumeId is not null)
        {
            var committed = await CountCommittedAsync(resumeId.Value).ConfigureAwait(false);
            if (committed != 0)
            {
                Keep();
            }

            if (committed == 0 || exception is ResumeRefusedException)
            {
                throw;
            }

            throw new InterruptedImportException(Errors.Interrupted(resumeId.Value, committed), exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync().ConfigureAwait(false);
        if (!IsNew || _isKept)
        {
            return;
        }

        Remove(_location.File!);
    }

    private static void Remove(string file)
    {
        // If the folder is missing, deleting would fail and hide why the database could not be opened.
        foreach (var path in FileEnds.Select(end => file + end).Where(File.Exists))
        {
            File.Delete(path);
        }

        Unfinished.TryRemove(file, out _);
    }

    /// <summary>
    /// Whether chunks of a resumable import are committed, queried while the import may still run; yes if there is no quick answer.
    /// </summary>
    private bool MayHoldCommitted()
    {
        if (_resumeId is not { } id)
        {
            return false;
        }

        var reader = new SqliteConnectionStringBuilder(_location.ConnectionString) { Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 1 };
        int? committed = null;
        var counting = Task.Run(async () =>
        {
            var connection = new SqliteConnection(reader.ToString());
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync().ConfigureAwait(false);
                var transaction = connection.BeginTransaction(deferred: true);
                await using (transaction.ConfigureAwait(false))
                {
                    committed = await ImportLedger.CountCommittedAsync(transaction, Engine, id, CancellationToken.None).ConfigureAwait(false);
                }
            }
        });
        try
        {
            return !counting.Wait(Shortly) || committed != 0;
        }
        catch (AggregateException)
        {
            return true;
        }
    }

    /// <summary>How many chunks of an import are committed; null if the database cannot be reached any more.</summary>
    private async Task<int?> CountCommittedAsync(Guid importId)
    {
        try
        {
            // The import may have failed because its connection broke.
            var connection = Engine.CreateConnection(_location.ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync(CancellationToken.None).ConfigureAwait(false);
                var transaction = await connection.BeginTransactionAsync(CancellationToken.None).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    return await ImportLedger.CountCommittedAsync(transaction, Engine, importId, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is DbException or SocketException or IOException)
        {
            return null;
        }
    }

    private async Task ConnectAsync(bool allowAnyName, Patience patience, CancellationToken cancellationToken)
    {
        try
        {
            await Connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await TestDatabaseGuard.CheckAsync(Engine, Connection, allowAnyName, cancellationToken).ConfigureAwait(false);
            if (Connection is SqliteConnection sqlite)
            {
                // SQLite reads a file only with the first statement.
                var command = Connection.CreateCommand();
                await using (command.ConfigureAwait(false))
                {
                    command.CommandText = "SELECT count(*) FROM sqlite_master";
                    command.CommandTimeout = SqliteWait.SecondsOfDriver;
                    await new SqliteWait(sqlite, patience).DoAsync(() => command.ExecuteScalarAsync(cancellationToken), cancellationToken)
                        .ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception)
            when (exception is DbException or SocketException or IOException or UnauthorizedAccessException or KnownFaultException)
        {
            var fault = Engine.FaultWithin(exception);
            throw Errors.DatabaseUnreachable(_location.Description, fault is null ? null : Engine.Placed(fault, Connection), exception);
        }
    }
}
