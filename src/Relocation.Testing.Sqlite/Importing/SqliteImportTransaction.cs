using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Relocation.Testing.Importing;

/// <summary>
/// An import's hold on a SQLite database. On its own transaction foreign keys are off while rows are written and checked table
/// by table before the commit; within the caller's they are deferred and checked before control goes back.
/// </summary>
internal sealed class SqliteImportTransaction : ImportTransaction
{
    private const string Savepoint = "relocation_import";

    private readonly SqliteConnection _connection;
    private readonly SqliteEngine _engine;
    private readonly IReadOnlyList<TableLoad> _loads;
    private readonly SqliteTransaction? _outer;
    private SqliteTransaction? _own;
    private bool _foreignKeysWereOn;
    private bool _isDone;

    private SqliteImportTransaction(
        SqliteConnection connection, SqliteTransaction? outer, SqliteEngine engine, IReadOnlyList<TableLoad> loads)
    {
        _connection = connection;
        _outer = outer;
        _engine = engine;
        _loads = loads;
    }

    internal override ForeignKeyEnforcement Enforcement => ForeignKeyEnforcement.CheckedBeforeCommit;

    internal override bool NeedsCuts => false;

    internal static async Task<ImportTransaction> BeginAsync(
        SqliteConnection connection,
        SqliteTransaction? outer,
        SqliteEngine engine,
        IReadOnlyList<TableLoad> loads,
        CancellationToken cancellationToken)
    {
        if (raw.GetNativeLibraryName() != NativeMethods.Library)
        {
            throw SqliteErrors.OtherLibrary(raw.GetNativeLibraryName());
        }

        if (outer is null && raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            throw SqliteErrors.TransactionOpen();
        }

        var transaction = new SqliteImportTransaction(connection, outer, engine, loads);
        try
        {
            await transaction.StartAsync(cancellationToken).ConfigureAwait(false);
            await transaction.RefuseMissingTablesAsync(cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override async Task<long> ReadHighWaterMarkAsync(RelocationEntity entity, CancellationToken cancellationToken)
    {
        var key = _engine.Quote(entity.Key.Fields[0].Column);
        var highest = await ScalarAsync($"SELECT max({key}) FROM {_engine.Quote(entity.Table)}", cancellationToken).ConfigureAwait(false);
        var counter = await HasSequencesAsync(cancellationToken).ConfigureAwait(false)
            ? await ScalarAsync("SELECT seq FROM sqlite_sequence WHERE name = $name COLLATE NOCASE", cancellationToken, ("$name", entity.Table))
                .ConfigureAwait(false)
            : 0;
        return Math.Max(Math.Max(highest, counter), 0);
    }

    internal override async Task<IReadOnlySet<RecordKey>> FindExistingAsync(
        RelocationEntity entity, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        // json_each takes any number of keys in one query.
        var field = entity.Key.Fields[0];
        var found = new HashSet<RecordKey>();
        var command = _connection.CreateCommand();
        await using var closing = command.ConfigureAwait(false);
        command.CommandText =
            $"SELECT {_engine.Quote(field.Column)} FROM {_engine.Quote(entity.Table)} WHERE {_engine.Quote(field.Column)} IN (SELECT value FROM json_each($keys))";
        command.Parameters.AddWithValue("$keys", $"[{string.Join(',', keys.Select(KeyJson))}]");
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(field.Type switch
            {
                FieldType.Integer => RecordKey.From(reader.GetInt64(0)),
                FieldType.Guid => RecordKey.From(reader.GetGuid(0)),
                _ => RecordKey.From(reader.GetString(0)),
            });
        }

        return found;
    }

    internal override Task<RowWriter> OpenWriterAsync(
        RelocationEntity entity, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken) =>
        Task.FromResult<RowWriter>(new SqliteRowWriter(_connection.Handle!.DangerousGetHandle(), _engine, entity, columns));

    internal override async Task AdvanceCounterAsync(RelocationEntity entity, long highest, CancellationToken cancellationToken)
    {
        if (!await HasSequencesAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // The row is there when the table counts up with AUTOINCREMENT, as rows have just been written to it.
        await ExecuteAsync(
            "UPDATE sqlite_sequence SET seq = $highest WHERE name = $name COLLATE NOCASE AND seq < $highest",
            cancellationToken,
            ("$highest", highest),
            ("$name", entity.Table)).ConfigureAwait(false);
    }

    internal override async Task VerifyForeignKeysAsync(CancellationToken cancellationToken)
    {
        foreach (var load in _loads)
        {
            var command = _connection.CreateCommand();
            await using var closing = command.ConfigureAwait(false);
            command.CommandText = "SELECT \"parent\" FROM pragma_foreign_key_check($table)";
            command.Parameters.AddWithValue("$table", load.Entity.Table);
            if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } parent)
            {
                throw new RowRefusedException(
                    SqliteErrors.ForeignKeyDoesNotHold(load.Entity.Table, $"{parent}"), null, RefusalKind.ForeignKey, $"to table '{parent}'", null)
                {
                    Table = load.Entity.Table,
                };
            }
        }
    }

    internal override async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_own is not null)
        {
            await _own.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ExecuteAsync($"RELEASE {Savepoint}", cancellationToken).ConfigureAwait(false);
            await ExecuteAsync("PRAGMA defer_foreign_keys = OFF", cancellationToken).ConfigureAwait(false);
        }

        _isDone = true;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            // Disposal of an uncommitted transaction rolls it back.
            await _own.DisposeAsync().ConfigureAwait(false);
            _own = null;
            await RestoreForeignKeysAsync().ConfigureAwait(false);
        }
        else if (_outer is not null && !_isDone && _outer.Connection is not null)
        {
            await ExecuteAsync($"ROLLBACK TO {Savepoint}", CancellationToken.None).ConfigureAwait(false);
            await ExecuteAsync($"RELEASE {Savepoint}", CancellationToken.None).ConfigureAwait(false);
            await ExecuteAsync("PRAGMA defer_foreign_keys = OFF", CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            await RestoreForeignKeysAsync().ConfigureAwait(false);
        }

        _isDone = true;
    }

    private static string KeyJson(RecordKey key) =>
        key.Kind == RecordKeyKind.Guid ? $"\"{key.AsGuid().ToString().ToUpperInvariant()}\"" : key.ToString();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_outer is not null)
        {
            await ExecuteAsync($"SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
            await ExecuteAsync("PRAGMA defer_foreign_keys = ON", cancellationToken).ConfigureAwait(false);
            return;
        }

        // SQLite ignores this pragma inside a transaction.
        _foreignKeysWereOn = await ScalarAsync("PRAGMA foreign_keys", cancellationToken).ConfigureAwait(false) != 0;
        if (_foreignKeysWereOn)
        {
            await ExecuteAsync("PRAGMA foreign_keys = OFF", cancellationToken).ConfigureAwait(false);
        }

        _own = _connection.BeginTransaction(deferred: false);
    }

    /// <summary>Finds out before the first write whether the database has the tables and columns of the model.</summary>
    private async Task RefuseMissingTablesAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var entity in _loads.Select(load => load.Entity))
        {
            var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var command = Command("SELECT name FROM pragma_table_xinfo($table)", [("$table", entity.Table)]);
            await using var closing = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                columns.Add(reader.GetString(0));
            }

            if (columns.Count == 0)
            {
                problems.Add(Errors.TableMissing(entity));
            }
            else
            {
                problems.AddRange(entity.WrittenFields.Where(field => !columns.Contains(field.Column))
                    .Select(field => Errors.ColumnMissing(entity, field)));
            }
        }

        if (problems.Count > 0)
        {
            throw Errors.TablesMissing(problems);
        }
    }

    private async Task RestoreForeignKeysAsync()
    {
        if (_foreignKeysWereOn)
        {
            _foreignKeysWereOn = false;
            await ExecuteAsync("PRAGMA foreign_keys = ON", CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<bool> HasSequencesAsync(CancellationToken cancellationToken) =>
        await ScalarAsync("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'", cancellationToken).ConfigureAwait(false) > 0;

    private async Task<long> ScalarAsync(
        string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        var command = Command(sql, parameters);
        await using var closing = command.ConfigureAwait(false);
        var value = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return value is null or DBNull ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    private async Task ExecuteAsync(
        string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        var command = Command(sql, parameters);
        await using var closing = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private SqliteCommand Command(string sql, (string Name, object Value)[] parameters)
    {
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
