using System.Data;
using System.Data.Common;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Encoders;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Modeling;
using Relocation.Testing.Planning;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.PostgreSql.Waiting;

namespace Relocation.Testing.Importing;

/// <summary>An import into PostgreSQL: in a transaction of its own, or behind a savepoint of the caller's.</summary>
/// <remarks>
/// Sequences take no part in transactions. They are moved last, and held so that they do, where the role may; else moved back on disposal when
/// the import did not commit.
/// </remarks>
internal sealed partial class PostgreSqlImportTransaction : ImportTransaction
{
    private const string Savepoint = "relocation_import";

    private readonly NpgsqlConnection _connection;
    private readonly DatabaseEngine _engine;
    private readonly bool _isCallers;
    private readonly bool _isChunked;
    private readonly Catalog _catalog;
    private readonly CutFiller _cuts;
    private readonly LockWatch _watch;
    private readonly CopyBuffer _buffer = new();
    private readonly Dictionary<Table, TargetTable> _tables = [];
    private readonly HashSet<Table> _loaded = [];
    private readonly HashSet<TargetTable> _written = [];
    private ForeignKeyChecks _checks = ForeignKeyChecks.Plan([], [], SetAsideRule.Never);
    private NpgsqlTransaction _transaction;
    private string? _putSettingsBack;
    private RowWriter? _writer;
    private int _staged;
    private bool _isEnded;

    private PostgreSqlImportTransaction(
        NpgsqlConnection connection, DatabaseEngine engine, NpgsqlTransaction transaction, Patience patience, bool isCallers, bool isChunked)
    {
        _watch = new LockWatch(connection, patience);
        _isChunked = isChunked;
        _connection = connection;
        _engine = engine;
        _transaction = transaction;
        _isCallers = isCallers;
        _catalog = new Catalog(connection, engine);
        _cuts = new CutFiller(connection, engine, _buffer);
    }

    internal override ForeignKeyEnforcement Enforcement => _checks.Enforcement;

    internal override bool NeedsCuts => _isChunked || _checks.NeedsCuts;

    internal override IEnumerable<(Table Table, string Column)> RequiredColumns
    {
        get
        {
            foreach (var table in _tables.Values.Where(table => _loaded.Contains(table.Table)))
            {
                foreach (var column in table.Columns.Values.Where(column => column.IsRequired))
                {
                    yield return (table.Table, column.Name);
                }
            }
        }
    }

    /// <summary>Begins, prepares, locks the tables and sets foreign keys aside where the rule says so.</summary>
    /// <exception cref="RelocationModelException">A table does not exist.</exception>
    /// <exception cref="ImportException">The role lacks a right.</exception>
    internal static async Task<ImportTransaction> BeginAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? outer,
        DatabaseEngine engine,
        IReadOnlyList<TableLoad> loads,
        SetAsideRule rule,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken,
        bool isChunked = false)
    {
        if (outer is not null && outer.Connection != connection)
        {
            throw PostgreSqlErrors.OtherConnection();
        }

        var transaction = outer
            ?? await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        var import = new PostgreSqlImportTransaction(connection, engine, transaction, patience, outer is not null, isChunked);
        try
        {
            if (outer is null)
            {
                await import._watch.BeginAsync([.. isChunked ? [LedgerLock] : Array.Empty<string>(), RowSecurity.Off], cancellationToken)
                    .ConfigureAwait(false);
            }

            if (prepare is not null)
            {
                await import._watch.WhileAsync(() => prepare(transaction, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            await import.PrepareAsync(loads, rule, cancellationToken).ConfigureAwait(false);
            return import;
        }
        catch
        {
            await import.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override async Task<IReadOnlySet<RecordKey>> FindExistingAsync(
        Table table, IReadOnlyList<RelocationField> columns, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        Stop?.BeforeStatement();
        var target = await TableAsync(table, cancellationToken).ConfigureAwait(false);
        return await _watch.WhileAsync(
            () => KeyLookup.FindAsync(_connection, _engine, target, columns, keys, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    internal override async Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindRowsAsync(
        RowLookup lookup, RowBatch values, CancellationToken cancellationToken)
    {
        Stop?.BeforeStatement();
        var table = await TableAsync(lookup.Table, cancellationToken).ConfigureAwait(false);
        return await _watch.WhileAsync(
            () => RowLookupQuery.FindAsync(_connection, _engine, table, lookup, values, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    internal override async Task DeleteRowsAsync(RowLookup lookup, RowBatch values, CancellationToken cancellationToken)
    {
        var table = await TableAsync(lookup.Table, cancellationToken).ConfigureAwait(false);
        await _watch.WhileAsync(
            () => RowLookupQuery.DeleteAsync(_connection, _engine, table, lookup, values, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    internal override void CheckAllTables()
    {
        // The server checks every constraint that is not set aside, and those that are before the commit.
    }

    internal override DbCommand CreateCommand(string sql)
    {
        Stop?.BeforeStatement();
        return new NpgsqlCommand(sql, _connection);
    }

    internal override async Task OverwriteAsync(Table table, RowBatch rows, CancellationToken cancellationToken)
    {
        var columns = rows.Columns.Skip(table.Key.Count).ToList();
        if (columns.Count > 0)
        {
            await FillCutAsync(table, columns, rows, cancellationToken).ConfigureAwait(false);
            _written.Add(_tables[table]);
        }
    }

    internal override async Task<RowWriter> OpenWriterAsync(
        Table table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken)
    {
        Stop?.BeforeStatement();
        var target = await TableAsync(table, cancellationToken).ConfigureAwait(false);
        _written.Add(target);
        if (StagedWriter.IsNeededFor(columns))
        {
            var staged = await StagedWriter.OpenAsync(
                _connection, _engine, target, columns, $"relocation_staged_{++_staged}", _buffer, _watch, cancellationToken).ConfigureAwait(false);
            staged.StopBy(Stop);
            _writer = staged;
            return staged;
        }

        var writer = await CopyWriter.OpenAsync(_connection, _engine, target, columns, null, _buffer, cancellationToken).ConfigureAwait(false);
        writer.Stop = Stop;
        writer.Watch = _watch;
        _writer = writer;
        return writer;
    }

    internal override async Task FillCutAsync(
        Table table, IReadOnlyList<RelocationField> columns, RowBatch rows, CancellationToken cancellationToken)
    {
        Stop?.BeforeStatement();
        var target = await TableAsync(table, cancellationToken).ConfigureAwait(false);
        await _watch.WhileAsync(() => _cuts.FillAsync(target, columns, rows, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    internal override async Task VerifyForeignKeysAsync(CancellationToken cancellationToken)
    {
        // Constraints come first: a table with pending checks cannot be altered.
        List<string> statements =
        [
            .. _cuts.EndStatements(),
            .. _checks.VerifyStatements(_engine, _isCallers),
            .. ReleaseStatements(),
        ];
        try
        {
            await ExecuteAsync(statements, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw Mapped(exception, exception.TableName);
        }
    }

    internal override async Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            Stop?.BeforeStatement();
            if (_isCallers)
            {
                await _transaction.ReleaseAsync(Savepoint, cancellationToken).ConfigureAwait(false);
                await _connection.ExecuteAsync(_putSettingsBack!, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await _watch.WhileAsync(() => _transaction.CommitAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
                await _transaction.DisposeAsync().ConfigureAwait(false);
            }

            _isEnded = true;
        }
        catch (PostgresException exception)
        {
            throw Mapped(exception, exception.TableName);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        using var buffer = _buffer;
        if (_isEnded)
        {
            return;
        }

        _isEnded = true;
        Stop = null;
        try
        {
            if (_writer is not null)
            {
                await _writer.DisposeAsync().ConfigureAwait(false);
            }

            await RollBackAsync().ConfigureAwait(false);
            await RestoreCountersAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IOException)
        {
            // Without a connection the server rolls back by itself. The import's error is the one that matters.
        }
    }

    private async Task PrepareAsync(IReadOnlyList<TableLoad> loads, SetAsideRule rule, CancellationToken cancellationToken)
    {
        try
        {
            if (_isCallers)
            {
                // Going back to the savepoint puts the settings back as well.
                await _transaction.SaveAsync(Savepoint, cancellationToken).ConfigureAwait(false);
                _putSettingsBack = await RowSecurity.TurnOffAsync(_connection, cancellationToken).ConfigureAwait(false)
                    + "; " + await _watch.BeginInOuterAsync(cancellationToken).ConfigureAwait(false);
            }

            var tables = await ReadAsync([.. loads.Select(load => load.Table)], cancellationToken).ConfigureAwait(false);
            foreach (var table in tables)
            {
                _tables[table.Table] = table;
                _loaded.Add(table.Table);
            }

            if (tables.SelectMany(table => table.MissingColumns()).ToList() is { Count: > 0 } missing)
            {
                throw ImportErrors.TablesMissing(missing);
            }

            if (Array.Exists(tables, table => table.HidesRows))
            {
                throw PostgreSqlErrors.RowsHidden(Named(tables.Where(table => table.HidesRows)));
            }

            _checks = ForeignKeyChecks.Plan(tables, loads, rule);
            try
            {
                await LockAsync(tables, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception)
                when (exception.SqlState == PostgresErrorCodes.ObjectInUse && _isCallers && _checks.HasSetAside)
            {
                // The caller's transaction has deferred checks pending, so these tables cannot be altered in it.
                // Going back to the savepoint has put the caller's settings back too.
                await _transaction.RollbackAsync(Savepoint, cancellationToken).ConfigureAwait(false);
                await _connection.ExecuteAsync($"{RowSecurity.Off}; {_watch.Limit}", cancellationToken).ConfigureAwait(false);
                _checks = ForeignKeyChecks.Plan(tables, loads, SetAsideRule.Never);
                await LockAsync(tables, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw PostgreSqlErrors.NotAllowed(_connection.UserName ?? "unknown", exception);
        }
    }

    private Task<TargetTable[]> ReadAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        _watch.WhileAsync(() => _catalog.ReadAsync(tables, cancellationToken), cancellationToken);

    private async ValueTask<TargetTable> TableAsync(Table table, CancellationToken cancellationToken)
    {
        if (!_tables.ContainsKey(table))
        {
            await LearnAsync([table], cancellationToken).ConfigureAwait(false);
        }

        return _tables[table];
    }

    /// <summary>Reads the facts about tables that are still unknown, in one round trip.</summary>
    /// <exception cref="ImportException">One of them hides rows from the role.</exception>
    private async Task LearnAsync(IEnumerable<Table> named, CancellationToken cancellationToken)
    {
        var unknown = named.Where(table => !_tables.ContainsKey(table)).Distinct().ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        var tables = await ReadAsync(unknown, cancellationToken).ConfigureAwait(false);
        if (Array.FindAll(tables, table => table.HidesRows) is { Length: > 0 } hiding)
        {
            throw PostgreSqlErrors.RowsHidden(Named(hiding));
        }

        foreach (var table in tables)
        {
            _tables.Add(table.Table, table);
        }
    }

    private async Task RollBackAsync()
    {
        if (_isCallers)
        {
            await _transaction.RollbackAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
            await _transaction.ReleaseAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            // Rolls back, unless a failed commit has done so.
            await _transaction.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task ExecuteAsync(List<string> statements, CancellationToken cancellationToken)
    {
        if (statements.Count > 0)
        {
            var batch = Batch(statements);
            await using var _ = batch.ConfigureAwait(false);
            await _watch.WhileAsync(() => batch.ExecuteNonQueryAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private NpgsqlBatch Batch(IEnumerable<string> statements)
    {
        Stop?.BeforeStatement();
        var batch = new NpgsqlBatch(_connection) { Timeout = 0 };
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        return batch;
    }

    private Exception Mapped(PostgresException exception, string? table) =>
        exception.SqlState == PostgresErrorCodes.InsufficientPrivilege && !PostgreSqlFaults.IsRaised(exception)
            ? PostgreSqlErrors.NotAllowed(_connection.UserName ?? "unknown", exception)
            : ServerRefusal.Of(exception, table);

    private static IEnumerable<string> Named(IEnumerable<TargetTable> tables) => tables.Select(table => $"{table.Schema}.{table.Name}");
}
