using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;
using Relocation.Testing.Sqlite.Places;
using Relocation.Testing.Sqlite.Statements;
using Relocation.Testing.Sqlite.Waiting;
using SQLitePCL;

namespace Relocation.Testing.Importing;

/// <summary>
/// An import into a SQLite database. In its own transaction foreign keys are off while rows are written, and checked table by table before
/// the commit; in the caller's they are deferred, and checked before the import returns.
/// </summary>
internal sealed partial class SqliteImportTransaction : ImportTransaction
{
    private const string Savepoint = "relocation_import";

    /// <summary>
    /// The page cache of an import, in KiB, written as SQLite takes it. With its default of 2 MB, pages of indexes are written out
    /// and read again all the time.
    /// </summary>
    private const long CacheSize = -64 * 1024;

    /// <summary>SQLite's default limit on the parts of a compound SELECT is 500.</summary>
    private const int TablesInQuery = 200;

    private readonly SqliteConnection _connection;
    private readonly DatabaseEngine _engine;
    private readonly IReadOnlyList<TableLoad> _loads;
    private readonly SqliteTransaction? _outer;
    private readonly SqliteWait _wait;
    private readonly bool _isChunked;
    private readonly Dictionary<Table, long> _marks = [];
    private SqliteTransaction? _own;
    private CounterStatement? _advance;
    private bool _hasSequences;
    private bool _foreignKeysWereOn;
    private bool _foreignKeysChanged;
    private long? _cacheSize;
    private bool _wasDeferring;
    private bool _checksAll;
    private bool _isDone;

    private SqliteImportTransaction(
        SqliteConnection connection, SqliteTransaction? outer, DatabaseEngine engine, IReadOnlyList<TableLoad> loads, Patience patience, bool isChunked)
    {
        _wait = new SqliteWait(connection, patience);
        _isChunked = isChunked;
        _connection = connection;
        _outer = outer;
        _engine = engine;
        _loads = loads;
    }

    internal override ForeignKeyEnforcement Enforcement =>
        _isChunked ? ForeignKeyEnforcement.CheckedRowByRow : ForeignKeyEnforcement.CheckedBeforeCommit;

    internal override bool NeedsCuts => _isChunked;

    internal static async Task<ImportTransaction> BeginAsync(
        SqliteConnection connection,
        SqliteTransaction? outer,
        DatabaseEngine engine,
        IReadOnlyList<TableLoad> loads,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken,
        bool isChunked = false)
    {
        if (raw.GetNativeLibraryName() != NativeMethods.Library)
        {
            throw SqliteErrors.OtherLibrary(raw.GetNativeLibraryName());
        }

        if (outer is null && raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            throw SqliteErrors.TransactionOpen();
        }

        var transaction = new SqliteImportTransaction(connection, outer, engine, loads, patience, isChunked);
        try
        {
            await transaction.StartAsync(cancellationToken).ConfigureAwait(false);
            if (prepare is not null)
            {
                await prepare(transaction._own!, cancellationToken).ConfigureAwait(false);
            }

            await transaction.RefuseMissingTablesAsync(cancellationToken).ConfigureAwait(false);
            await transaction.LockTablesAsync(cancellationToken).ConfigureAwait(false);
            await transaction.ReadMarksAsync(cancellationToken).ConfigureAwait(false);
            if (isChunked)
            {
                await transaction.FindReusedKeysAsync(cancellationToken).ConfigureAwait(false);
            }

            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override Task<long> ReadHighWaterMarkAsync(Table table, CancellationToken cancellationToken) =>
        Task.FromResult(_marks[table]);

    internal override async Task<IReadOnlySet<RecordKey>> FindExistingAsync(
        Table table, IReadOnlyList<RelocationField> columns, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        // json_each takes any number of keys in one query.
        var names = string.Join(", ", columns.Select(column => _engine.Quote(column.Column)));
        var parts = string.Join(", ", columns.Select((_, part) => $"json_extract(value, '$[{part}]')"));
        var command = Command(
            $"SELECT {names} FROM {_engine.Quote(table.Name)} WHERE ({names}) IN (SELECT {parts} FROM json_each($keys))",
            ("$keys", $"[{string.Join(',', keys.Select(key => $"[{string.Join(',', key.Parts.Select(PartJson))}]"))}]"));
        await using var closing = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        var found = new HashSet<RecordKey>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(KeyAt(columns, reader, 0));
        }

        return found;
    }

    internal override Task ReadMarksAgainAsync(CancellationToken cancellationToken) => ReadMarksAsync(cancellationToken);

    internal override async Task ClearAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        // Foreign keys are off or deferred, so that the order does not matter; they are checked before the commit.
        foreach (var table in tables)
        {
            await ExecuteAsync($"DELETE FROM {_engine.Quote(table.Name)}", cancellationToken).ConfigureAwait(false);
            if (_hasSequences)
            {
                await ExecuteAsync(
                    $"DELETE FROM sqlite_sequence WHERE name = {SqliteNames.Literal(table.Name)} COLLATE NOCASE", cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    internal override void CheckAllTables() => _checksAll = true;

    internal override DbCommand CreateCommand(string sql) => Command(sql);

    internal override Task<RowWriter> OpenWriterAsync(
        Table table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken) =>
        Task.FromResult<RowWriter>(new SqliteRowWriter(
            _connection.Handle!.DangerousGetHandle(), table, columns, hasTriggers: TriggersOn(table) != TriggerEvents.None) { Stop = Stop });

    internal override Task AdvanceCountersAsync(
        IReadOnlyList<CounterValue> counters, CancellationToken cancellationToken)
    {
        if (!_hasSequences || counters.Count == 0)
        {
            return Task.CompletedTask;
        }

        cancellationToken.ThrowIfCancellationRequested();
        Stop?.BeforeStatement();
        _advance ??= new CounterStatement(_connection.Handle!.DangerousGetHandle(), begins: _isChunked || _triggered.Count > 0);
        foreach (var (table, highest) in counters)
        {
            _advance.Execute(table.Name, highest);
        }

        return Task.CompletedTask;
    }

    internal override async Task CommitChunkAsync(CancellationToken cancellationToken)
    {
        await ReleaseTriggersAsync(cancellationToken).ConfigureAwait(false);
        await CommitOwnAsync(cancellationToken).ConfigureAwait(false);
        await _own!.DisposeAsync().ConfigureAwait(false);
        await BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await HoldBackAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_held.Count > 0)
        {
            await ReleaseTriggersAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_own is not null)
        {
            await CommitOwnAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ExecuteAsync($"RELEASE {Savepoint}", cancellationToken).ConfigureAwait(false);
            await StopDeferringAsync().ConfigureAwait(false);
        }

        _isDone = true;
    }

    public override async ValueTask DisposeAsync()
    {
        Stop = null;
        _advance?.Dispose();
        if (_own is not null)
        {
            // Disposal of an uncommitted transaction rolls it back.
            await _own.DisposeAsync().ConfigureAwait(false);
            _own = null;
            await RestoreSettingsAsync().ConfigureAwait(false);
        }
        else if (_outer is not null && !_isDone && _outer.Connection is not null)
        {
            await ExecuteAsync($"ROLLBACK TO {Savepoint}", CancellationToken.None).ConfigureAwait(false);
            await ExecuteAsync($"RELEASE {Savepoint}", CancellationToken.None).ConfigureAwait(false);
            await StopDeferringAsync().ConfigureAwait(false);
        }
        else
        {
            await RestoreSettingsAsync().ConfigureAwait(false);
        }

        _isDone = true;
    }

    private static string PartJson(RecordKey key) =>
        key.Kind == RecordKeyKind.Guid ? $"\"{key.AsGuid().ToString().ToUpperInvariant()}\"" : key.ToString();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_outer is not null)
        {
            await ExecuteAsync($"SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
            _wasDeferring = await ScalarAsync("PRAGMA defer_foreign_keys", cancellationToken).ConfigureAwait(false) != 0;
            await ExecuteAsync("PRAGMA defer_foreign_keys = ON", cancellationToken).ConfigureAwait(false);
            return;
        }

        // SQLite ignores this pragma inside a transaction.
        _foreignKeysWereOn = await ScalarAsync("PRAGMA foreign_keys", cancellationToken).ConfigureAwait(false) != 0;
        if (_foreignKeysWereOn != _isChunked)
        {
            _foreignKeysChanged = true;
            await ExecuteAsync($"PRAGMA foreign_keys = {(_isChunked ? "ON" : "OFF")}", cancellationToken).ConfigureAwait(false);
        }

        var cacheSize = await ScalarAsync("PRAGMA cache_size", cancellationToken).ConfigureAwait(false);
        if (cacheSize is > CacheSize and <= 0)
        {
            _cacheSize = cacheSize;
            await ExecuteAsync($"PRAGMA cache_size = {CacheSize}", cancellationToken).ConfigureAwait(false);
        }

        await BeginOwnAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whoever reads a file lets others write, but for the commit. Within the caller's transaction nobody else may write, and in memory that
    /// connections share nobody may read what is written: such tables are locked before the first row.
    /// </summary>
    private Task LockTablesAsync(CancellationToken cancellationToken)
    {
        var isMemory = SqliteLocation.FileOf(_connection).Length == 0;
        if (_loads.Count == 0 || !(isMemory || _outer is not null))
        {
            return Task.CompletedTask;
        }

        var tables = _loads.Select(load => load.Table.Name).Take(isMemory ? int.MaxValue : 1);
        var sql = string.Join(';', tables.Select(table => $"DELETE FROM {_engine.Quote(table)} WHERE 0"));
        return _wait.DoAsync(
            () =>
            {
                _wait.Execute(sql);
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    private async Task BeginOwnAsync(CancellationToken cancellationToken)
    {
        _own = await _wait.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (_isChunked)
        {
            await ExecuteAsync("PRAGMA defer_foreign_keys = ON", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="RowRefusedException">A foreign key does not hold; the transaction is still open.</exception>
    private async Task CommitOwnAsync(CancellationToken cancellationToken)
    {
        Stop?.BeforeStatement();
        try
        {
            await _wait.DoAsync(() => _own!.CommitAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException exception) when (_isChunked && exception.SqliteExtendedErrorCode == raw.SQLITE_CONSTRAINT_FOREIGNKEY)
        {
            throw await BrokenTableAsync(cancellationToken).ConfigureAwait(false) is ({ } table, var parent) ? Broken(table, parent) : exception;
        }
    }

    /// <summary>Leaves the caller's transaction checking foreign keys when it did before.</summary>
    private Task StopDeferringAsync() =>
        _wasDeferring ? Task.CompletedTask : ExecuteAsync("PRAGMA defer_foreign_keys = OFF", CancellationToken.None);

    private async Task RestoreSettingsAsync()
    {
        if (_foreignKeysChanged)
        {
            _foreignKeysChanged = false;
            await ExecuteAsync($"PRAGMA foreign_keys = {(_foreignKeysWereOn ? "ON" : "OFF")}", CancellationToken.None).ConfigureAwait(false);
        }

        if (_cacheSize is { } cacheSize)
        {
            _cacheSize = null;
            await ExecuteAsync($"PRAGMA cache_size = {cacheSize}", CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<long> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        var command = Command(sql);
        await using var closing = command.ConfigureAwait(false);
        command.CommandTimeout = SqliteWait.SecondsOfDriver;
        var value = await _wait.DoAsync(() => command.ExecuteScalarAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        return value is null or DBNull ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var command = Command(sql);
        await using var closing = command.ConfigureAwait(false);
        command.CommandTimeout = SqliteWait.SecondsOfDriver;
        await _wait.DoAsync(() => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        Stop?.BeforeStatement();
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _own ?? _outer;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
