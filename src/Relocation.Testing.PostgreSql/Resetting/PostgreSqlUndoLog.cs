using System.Diagnostics;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.PostgreSql.Statements;
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

    /// <summary>How long locks and transactions of others are waited for.</summary>
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(10);

    /// <summary>The same where the database can be thrown away and copied anew.</summary>
    private static readonly TimeSpan OwnLockLimit = TimeSpan.FromSeconds(3);

    /// <summary>The time between two looks at others who write or are about to end.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>How often sessions that end just now are looked at again before they are said to be left.</summary>
    private const int LooksAgain = 5;

    private readonly string _connectionString =
        new NpgsqlConnectionStringBuilder(lease.ConnectionString) { Pooling = false }.ToString();

    /// <summary>A few rows are found by their keys; whole tables are better joined.</summary>
    private const string AllowJoins = "SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on";

    private NotedSchema? _schema;
    private TouchedEmptying? _emptying;
    private ResetSession? _session;

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
                    throw ResetErrors.BaselineNotRemembered(PostgreSqlNames.Engine, RowSecurity.Explain(refusal), refusal);
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
        var schema = _schema;
        await TellAsync(ResetErrors.BaselineFailed, session => session.IsSuperuser && !schema.HasStubbornTriggers
            ? session.RestoreAsync(cancellationToken)
            : RestoreSuspendedAsync(session.Connection, schema, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    internal override async Task<TouchedRows> OpenTouchedAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_schema is null, this);
        try
        {
            return await AgainAsync(session => OpenTouchedAsync(session.Connection, _schema, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState is
            PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.UndefinedTable)
        {
            throw ResetErrors.ChangesLost(PostgreSqlNames.Engine);
        }
        catch (PostgresException exception) when (PostgreSqlFaults.Of(exception) is { IsContention: true } fault)
        {
            throw ResetErrors.ChangesNotRead(PostgreSqlNames.Engine, FaultErrors.DatabaseInUseBecause(fault), exception);
        }
    }

    private static async Task<TouchedRows> OpenTouchedAsync(NpgsqlConnection connection, NotedSchema schema, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        try
        {
            var rows = await connection.ReadAsync(NotedSchema.TouchedSql, cancellationToken).ConfigureAwait(false);
            var (changes, isOff) = ((string?)rows[0][0], (bool)rows[0][1]!);
            IReadOnlyList<TouchedTable> tables;
            if (changes is null && !isOff)
            {
                var marks = rows.FindAll(row => row[3] is not null).ConvertAll(row => (Table: schema.Tables[(int)row[3]!], IsWhole: (bool)row[4]!));
                tables = [.. marks.Select(mark => mark.Table.NotesRows && !mark.IsWhole
                    ? mark.Table.Touched()
                    : mark.Table.Copy.Compared(mark.Table.Copy.ColumnNames.ToHashSet())).OfType<TouchedTable>()];
                if (marks.Exists(mark => mark.IsWhole || !mark.Table.NotesRows))
                {
                    await connection.ExecuteAsync(AllowJoins, cancellationToken).ConfigureAwait(false);
                }
            }
            else
            {
                var columns = (await connection.ReadAsync(
                    "SELECT attrelid, attname FROM pg_catalog.pg_attribute WHERE attnum > 0 AND NOT attisdropped", cancellationToken).ConfigureAwait(false))
                    .ToLookup(row => (uint)row[0]!, row => (string)row[1]!);
                tables = [.. schema.Tables.Select(table => table.Copy.Compared(columns[table.Copy.Oid].ToHashSet())).OfType<TouchedTable>()];
                await connection.ExecuteAsync(AllowJoins, cancellationToken).ConfigureAwait(false);
            }

            return new TouchedRows(transaction)
            {
                Tables = tables,
                Notes = changes is null ? [] : [ResetErrors.ChangesOfSchema(changes)],
                DefaultSchema = (string?)rows[0][2],
                AsJson = static column => $"to_json({column})::text",
            };
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override async Task EmptyTouchedAsync(ResetOptions options, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_schema is null, this);
        _emptying ??= TouchedEmptying.Make(_schema, options);
        await TellAsync(ResetErrors.EmptyingFailed, session => _emptying.RunAsync(session.Connection, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    internal override async Task<Leftovers> LookAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_schema is null, this);
        var known = _session;
        var sentences = new List<string>();
        try
        {
            var (changes, others) = await AgainAsync(session => session.LookAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            if (known is not null && _session is { } session && session != known && session.ServerStart == known.ServerStart)
            {
                sentences.Add("ended the session that puts its database back");
            }

            if (changes is not null)
            {
                sentences.Add($"changed the schema: {changes}");
            }

            others = await StayingAsync(others, cancellationToken).ConfigureAwait(false);
            sentences.AddRange(others.Select(other => other.AsLeft));
            return new Leftovers(sentences, MustBeReplaced: changes is not null || others.Count > 0) { NamesWork = others.Count > 0 };
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return new Leftovers(["deleted its database"], MustBeReplaced: true);
        }
        catch (PostgresException exception) when (exception.SqlState is
            PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.UndefinedTable)
        {
            return new Leftovers(
                [$"deleted its database and made another one, or removed the schema {Schema} from it"], MustBeReplaced: true);
        }
        catch (Exception exception) when (PostgreSqlFaults.Of(exception) is { IsEnvironment: true })
        {
            // Servers that come and go are no test's doing.
            return Leftovers.None;
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
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_connectionString) { CommandTimeout = ServerUse.SecondsForMaintenance }.ToString());
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await connection.ExecuteAsync(
                $"SET lock_timeout = '10s'; SET {NotedTable.Off} = 'on'; DROP SCHEMA IF EXISTS {Schema} CASCADE; RESET {NotedTable.Off}; RESET lock_timeout", CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What is missing or other than it was, and what the old rows break, comes of a change of the schema; our own check says it in its own words.
    /// </summary>
    private static string ReasonOf(PostgresException exception, DriverFault fault) => exception.SqlState[..2] switch
    {
        "0A" or "22" or "23" or "42" => $"{fault.Cause}. A test must not change the schema.",
        "P0" when exception.Where?.Contains($"{Schema}.", StringComparison.Ordinal) == true => $"{exception.MessageText}. A test must not change the schema.",
        _ => $"{fault.Cause} (SQLSTATE {fault.Code}). {fault.Advice}",
    };

    /// <summary>Where foreign keys or triggers cannot be switched off for the session, they are set aside for the touched tables.</summary>
    private static async Task<bool> RestoreSuspendedAsync(NpgsqlConnection connection, NotedSchema schema, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var ready = await connection.ReadAsync($"SELECT {Schema}.ready()", cancellationToken).ConfigureAwait(false);
            if (!(bool)ready[0][0]!)
            {
                return false;
            }

            var marks = await connection.ReadAsync($"SELECT DISTINCT number FROM {Schema}.dirty", cancellationToken).ConfigureAwait(false);
            var tables = marks.ConvertAll(row => schema.Tables[(int)row[0]!].Copy.Oid);
            var suspension = tables.Count == 0
                ? null
                : await ConstraintSuspension.PrepareAsync(connection, tables, cancellationToken).ConfigureAwait(false);
            var settle = suspension is not null || schema.Catalog.Sequences.Any(sequence => sequence.IsCached) ? schema.Watch.SettleStatement : string.Empty;
            await connection.ExecuteAsync(
                $"{suspension?.Begin}SELECT {Schema}.restore_rows();\n{suspension?.End}{settle}", cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Works on the database when nobody else writes to it, and says what is in the way.</summary>
    private async Task TellAsync(
        Func<string, string, Exception?, ResetException> failed, Func<ResetSession, Task<bool>> work, CancellationToken cancellationToken)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            while (!await AgainAsync(work, cancellationToken).ConfigureAwait(false))
            {
                if (Stopwatch.GetElapsedTime(started) >= Limit)
                {
                    throw failed(PostgreSqlNames.Engine, await InTheWayAsync(cancellationToken).ConfigureAwait(false), null);
                }

                // No session hears of the end of another one's transaction.
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == NotedSchema.SchemaChanged)
        {
            throw failed(PostgreSqlNames.Engine, ResetErrors.SchemaWasChanged(exception.MessageText), null);
        }
        catch (PostgresException exception) when (RowSecurity.IsRefusal(exception))
        {
            throw failed(PostgreSqlNames.Engine, RowSecurity.Explain(exception), exception);
        }
        catch (PostgresException exception) when (PostgreSqlFaults.Of(exception) is { Fault: DatabaseFault.Locked })
        {
            throw failed(PostgreSqlNames.Engine, await InTheWayAsync(cancellationToken).ConfigureAwait(false), exception);
        }
        catch (PostgresException exception) when (PostgreSqlFaults.Of(exception) is { IsContention: true } fault)
        {
            throw failed(PostgreSqlNames.Engine, FaultErrors.DatabaseInUseBecause(fault), exception);
        }
        catch (PostgresException exception) when (PostgreSqlFaults.Of(exception) is { IsEnvironment: false } fault)
        {
            throw failed(PostgreSqlNames.Engine, ReasonOf(exception, fault), exception);
        }
    }

    private TimeSpan Limit => lease.IsOwn ? OwnLockLimit : LockLimit;

    /// <summary>Names the sessions that hold the database up, as far as they can be seen.</summary>
    private async Task<string> InTheWayAsync(CancellationToken cancellationToken)
    {
        var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var others = await session.OthersAsync(cancellationToken).ConfigureAwait(false);
        return ResetErrors.DatabaseInUseBy(others.Select(other => other.AsBlocker));
    }

    /// <summary>Those of other sessions that do not end at once: what a test has disposed may take a moment on the server.</summary>
    private async Task<IReadOnlyList<OtherSession>> StayingAsync(IReadOnlyList<OtherSession> others, CancellationToken cancellationToken)
    {
        for (var look = 0; others.Count > 0 && look < LooksAgain; look++)
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            var later = await AgainAsync(session => session.OthersAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            var before = others.Select(other => other.ProcessId).ToHashSet();
            others = [.. later.Where(other => before.Contains(other.ProcessId))];
        }

        return others;
    }

    /// <summary>A connection that broke while nobody used it is replaced once, as after a restart of the server.</summary>
    private async Task<T> AgainAsync<T>(Func<ResetSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var wasOpen = _session is { IsOpen: true };
        try
        {
            return await work(await OpenAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception exception) when (wasOpen && PostgreSqlFaults.Of(exception) is { Fault: DatabaseFault.ConnectionLost })
        {
            await CloseAsync().ConfigureAwait(false);
            ForgetPool();
            return await work(await OpenAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    /// <summary>Whatever has ended our session has ended those that the driver keeps for the next test, which would get them broken.</summary>
    private void ForgetPool()
    {
        using var pooled = new NpgsqlConnection(lease.ConnectionString);
        NpgsqlConnection.ClearPool(pooled);
    }

    private async Task<ResetSession> OpenAsync(CancellationToken cancellationToken)
    {
        if (_session is { IsOpen: true } open)
        {
            return open;
        }

        await CloseAsync().ConfigureAwait(false);
        return _session = await ResetSession.OpenAsync(_connectionString, Limit, cancellationToken).ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }
}
