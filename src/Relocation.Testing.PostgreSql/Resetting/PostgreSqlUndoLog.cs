using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>
/// Keeps a copy of all rows in a schema of its own, lets triggers note which rows are touched, and puts just these back by one
/// call on a connection of its own. Tables without a primary key, partitions and heirs are put back as a whole.
/// </summary>
/// <param name="lease">The database.</param>
/// <param name="notesRows">Whether rows are noted, not just tables.</param>
internal sealed class PostgreSqlUndoLog(DatabaseLease lease, bool notesRows) : UndoLog
{
    private const string Schema = PostgreSqlCatalog.BaselineSchema;
    private const string RestoreSql = $"SELECT {Schema}.restore()";

    /// <summary>What was touched is little, and is found by keys; the planner cannot know.</summary>
    private const string SessionStatements = $"""
        SET lock_timeout = '10s';
        SET row_security = off;
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET jit = off;
        SET client_min_messages = warning;
        SET {NotedTable.Off} = 'on';
        """;

    private readonly string _connectionString =
        new NpgsqlConnectionStringBuilder(lease.ConnectionString) { Pooling = false }.ToString();

    private NotedSchema? _schema;
    private TouchedEmptying? _emptying;
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _restore;
    private bool _isSuperuser;

    /// <summary>Where rows cannot be noted one by one, whole tables are, which is as exact.</summary>
    internal override Task<IReadOnlyList<string>> PrepareAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    internal override async Task CaptureAsync(CancellationToken cancellationToken)
    {
        _emptying = null;
        await CloseAsync().ConfigureAwait(false);
        var connection = new NpgsqlConnection(lease.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                try
                {
                    _schema = await NotedSchema.CreateAsync(connection, notesRows, cancellationToken).ConfigureAwait(false);
                }
                catch (PostgresException refusal) when (RowSecurity.IsRefusal(refusal))
                {
                    throw Errors.BaselineNotRemembered(PostgreSqlEngine.Instance, RowSecurity.Explain(refusal), refusal);
                }

                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the original has put into its database is in a copy too, with the same numbers.</summary>
    internal override Task AdoptAsync(BaselineReset original, CancellationToken cancellationToken)
    {
        _schema = ((PostgreSqlUndoLog)original)._schema;
        return Task.CompletedTask;
    }

    internal override ValueTask ReleaseAsync() => new(CloseAsync());

    internal override async Task RestoreAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_schema is null, this);
        try
        {
            var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (_isSuperuser && !_schema.HasStubbornTriggers)
            {
                await _restore!.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await RestoreSuspendedAsync(connection, _schema, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw Errors.BaselineFailed(PostgreSqlEngine.Instance, Errors.DatabaseInUse, exception);
        }
        catch (PostgresException exception) when (RowSecurity.IsRefusal(exception))
        {
            throw Errors.BaselineFailed(PostgreSqlEngine.Instance, RowSecurity.Explain(exception), exception);
        }
        catch (PostgresException exception)
        {
            throw Errors.BaselineFailed(
                PostgreSqlEngine.Instance, $"{exception.MessageText}. A test must not change the schema.", exception);
        }
    }

    internal override async Task EmptyTouchedAsync(ResetOptions options, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_schema is null, this);
        try
        {
            _emptying ??= TouchedEmptying.Make(_schema, options);
            var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await _emptying.RunAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (RowSecurity.IsRefusal(exception))
        {
            throw Errors.EmptyingFailed(PostgreSqlEngine.Instance, RowSecurity.Explain(exception), exception);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw Errors.EmptyingFailed(PostgreSqlEngine.Instance, Errors.DatabaseInUse, exception);
        }
    }

    /// <summary>A database that was made for the test is dropped as a whole.</summary>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        if (lease.IsOwn || _schema is null)
        {
            return;
        }

        _schema = null;
        var connection = new NpgsqlConnection(lease.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await connection.ExecuteAsync(
                $"SET lock_timeout = '10s'; DROP SCHEMA IF EXISTS {Schema} CASCADE; RESET lock_timeout", CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Where foreign keys or triggers cannot be switched off for the session, they are set aside for the touched tables.</summary>
    private static async Task RestoreSuspendedAsync(NpgsqlConnection connection, NotedSchema schema, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await connection.ExecuteAsync($"SELECT {Schema}.check_triggers()", cancellationToken).ConfigureAwait(false);
            var marks = await connection.ReadAsync($"SELECT DISTINCT number FROM {Schema}.dirty", cancellationToken).ConfigureAwait(false);
            var tables = marks.ConvertAll(row => schema.Tables[(int)row[0]!].Copy.Oid);
            if (tables.Count == 0)
            {
                await connection.ExecuteAsync(RestoreSql, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var suspension = await ConstraintSuspension.PrepareAsync(connection, tables, cancellationToken).ConfigureAwait(false);
                await connection.ExecuteAsync($"{suspension.Begin}{RestoreSql};\n{suspension.End}", cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The connection stays open, since its plans are what makes resets quick; one that broke is replaced. A superuser's plays a
    /// replica, in which neither foreign keys nor ordinary triggers act.
    /// </summary>
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is { State: System.Data.ConnectionState.Open } open)
        {
            return open;
        }

        await CloseAsync().ConfigureAwait(false);
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(SessionStatements, cancellationToken).ConfigureAwait(false);
            var rights = await connection.ReadAsync(
                "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user", cancellationToken).ConfigureAwait(false);
            _isSuperuser = (bool)rights[0][0]!;
            if (_isSuperuser)
            {
                await connection.ExecuteAsync("SET session_replication_role = replica", cancellationToken).ConfigureAwait(false);
            }

            _restore = new NpgsqlCommand(RestoreSql, connection);
            await _restore.PrepareAsync(cancellationToken).ConfigureAwait(false);
            _connection = connection;
            return connection;
        }
        finally
        {
            if (_connection is null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await _restore!.DisposeAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
