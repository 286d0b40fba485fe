using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Places;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>
/// A connection of our own, with triggers and foreign keys off, to which the copy of the baseline is attached.
/// </summary>
internal sealed class UndoSession(DatabaseLease lease) : IAsyncDisposable
{
    /// <summary>The name under which the copy is attached.</summary>
    internal const string Baseline = "relocation_baseline";

    /// <summary>How long a connection that reads or writes is waited for.</summary>
    internal const int SecondsToWait = 3;

    /// <summary>The same, where whoever is in the way is the test whose reset it is.</summary>
    internal static Patience Patience { get; } = new(TimeSpan.FromSeconds(SecondsToWait), static _ => { });

    /// <summary>The same where the database can be thrown away and copied anew, which takes less.</summary>
    private static readonly TimeSpan OwnLimit = TimeSpan.FromMilliseconds(500);

    private readonly string _connectionString = new SqliteConnectionStringBuilder(lease.ConnectionString)
    {
        Pooling = false,
        DefaultTimeout = SecondsToWait,
        ForeignKeys = false,
    }.ToString();

    private readonly bool _isMemory = new SqliteConnectionStringBuilder(lease.ConnectionString).Mode == SqliteOpenMode.Memory;

    private SqliteConnection? _connection;

    internal async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is null)
        {
            var connection = new SqliteConnection(_connectionString);
            try
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                await ConfigureAsync(connection, cancellationToken).ConfigureAwait(false);
                _connection = connection;
            }
            finally
            {
                if (_connection is null)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                }
            }
        }

        return _connection;
    }

    /// <summary>
    /// Copies the database to the baseline. A copy needs two connections, and SQLite waits for itself for ever when both have
    /// opened the same shared memory, so that takes a third one.
    /// </summary>
    internal async Task CopyBaselineAsync(CancellationToken cancellationToken)
    {
        var copy = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var live = new SqliteConnection(_connectionString);
        await using (live.ConfigureAwait(false))
        {
            await live.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (!_isMemory)
            {
                live.BackupDatabase(copy, Baseline, "main");
                return;
            }

            var between = new SqliteConnection("Data Source=:memory:;Pooling=False");
            await using (between.ConfigureAwait(false))
            {
                await between.OpenAsync(cancellationToken).ConfigureAwait(false);
                live.BackupDatabase(between);
                between.BackupDatabase(copy, Baseline, "main");
            }
        }
    }

    /// <summary>How long each statement of a reset waits for others.</summary>
    internal TimeSpan Limit => lease.IsOwn ? OwnLimit : TimeSpan.FromSeconds(SecondsToWait);

    /// <summary>Whether the file that is open was deleted or replaced by a test, so that what is written to it goes nowhere.</summary>
    internal bool HasLostFile => !_isMemory && _connection is { } connection && FilePlace.HasLost(connection);

    /// <summary>Puts the whole copy back, the schema included, into the file that is at the database's path now.</summary>
    internal async Task PutBaselineBackAsync(CancellationToken cancellationToken)
    {
        await FilePlace.SecureAsync(lease).ConfigureAwait(false);
        var copy = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var live = new SqliteConnection(_connectionString);
        await using (live.ConfigureAwait(false))
        {
            await live.OpenAsync(cancellationToken).ConfigureAwait(false);
            await RelaxAsync(live, lease, cancellationToken).ConfigureAwait(false);
            copy.BackupDatabase(live, "main", Baseline);
        }
    }

    internal static void SetTriggers(SqliteConnection connection, bool enabled) =>
        _ = raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, enabled ? 1 : 0, out _);

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The final content is the baseline's, which held when it was made, so nothing is checked on the way.</summary>
    private async Task ConfigureAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        SetTriggers(connection, enabled: false);

        // In a connection to a shared memory database, every attached name is shared memory as well.
        var file = _isMemory ? $"{connection.DataSource}_baseline" : ":memory:";
        await connection.ExecuteAsync(
            $"ATTACH '{file.Replace("'", "''", StringComparison.Ordinal)}' AS {Baseline}; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON",
            cancellationToken).ConfigureAwait(false);
        await RelaxAsync(connection, lease, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A database of ours need not survive a crash, so nothing waits for the disk. A write-ahead log stays one.</summary>
    internal static async Task RelaxAsync(SqliteConnection connection, DatabaseLease lease, CancellationToken cancellationToken)
    {
        if (lease.IsOwn)
        {
            await connection.ExecuteAsync("PRAGMA main.synchronous = OFF", cancellationToken).ConfigureAwait(false);
            var journal = await connection.ReadAsync("PRAGMA main.journal_mode", cancellationToken).ConfigureAwait(false);
            if ((string)journal[0][0]! != "wal")
            {
                await connection.ExecuteAsync("PRAGMA main.journal_mode = MEMORY", cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
