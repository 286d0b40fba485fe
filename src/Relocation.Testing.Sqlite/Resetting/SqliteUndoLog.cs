using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Resetting;
using Relocation.Testing.Sqlite.Statements;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>
/// Triggers record which rows are touched, and these are restored from a copy in memory. If the schema has changed, or if so much was
/// touched that it is faster, the whole copy is restored.
/// </summary>
internal sealed class SqliteUndoLog(DatabaseLease lease) : UndoLog
{
    private UndoSession _session = new(lease);
    private LoggedSchema? _schema;
    private UndoStatements? _statements;
    private bool _hasTriggers;

    internal override async Task<IReadOnlyList<string>> PrepareAsync(CancellationToken cancellationToken)
    {
        _statements = null;
        var connection = await _session.OpenAsync(cancellationToken).ConfigureAwait(false);
        await RemoveLeftoversAsync(connection, cancellationToken).ConfigureAwait(false);
        _schema = await LoggedSchema.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var obstacles = _schema.Obstacles.Count > 0
            ? _schema.Obstacles
            : await CreateTriggersAsync(connection, _schema, cancellationToken).ConfigureAwait(false);
        _hasTriggers = obstacles.Count == 0;
        if (!_hasTriggers)
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }

        return obstacles;
    }

    internal override async Task CaptureAsync(CancellationToken cancellationToken)
    {
        await _session.CopyBaselineAsync(cancellationToken).ConfigureAwait(false);
        var connection = await _session.OpenAsync(cancellationToken).ConfigureAwait(false);
        _statements = await UndoStatements.MakeAsync(connection, _schema!, _session.Limit, cancellationToken).ConfigureAwait(false);
    }

    internal override async Task AdoptAsync(BaselineReset original, CancellationToken cancellationToken)
    {
        var obstacles = await PrepareAsync(cancellationToken).ConfigureAwait(false);
        if (obstacles.Count > 0)
        {
            throw ResetErrors.UndoLogInexact(SqliteNames.Engine, obstacles);
        }

        await CaptureAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override async Task RestoreAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_statements is null, this);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (_session.HasLostFile)
            {
                await MoveToNewFileAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (!_statements.TryRestore())
            {
                await _session.PutBaselineBackAsync(cancellationToken).ConfigureAwait(false);
                _statements.Adopt();
            }
        }
        catch (Exception exception) when (SqliteFaults.IsContention(exception))
        {
            throw ResetErrors.BaselineFailed(SqliteNames.Engine, ResetErrors.DatabaseInUse, exception);
        }
    }

    /// <summary>The copy restores the schema and the file, whatever happened to them.</summary>
    internal override async Task<Leftovers> LookAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_statements is null, this);
        if (_session.HasLostFile)
        {
            return new Leftovers(["deleted its database"], MustBeReplaced: false);
        }

        var connection = await _session.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (OpenWork.OfOthers(connection) is { MustBeReplaced: true } left)
        {
            return left;
        }

        try
        {
            if (!_statements.SchemaHasChanged())
            {
                return Leftovers.None;
            }

            var now = await connection.ReadAsync(SchemaDifference.SelectSql("main"), cancellationToken).ConfigureAwait(false);
            var baseline = await connection.ReadAsync(SchemaDifference.SelectSql(UndoSession.Baseline), cancellationToken).ConfigureAwait(false);
            return SchemaDifference.Sentence(now, baseline) is { } sentence ? new Leftovers([sentence], MustBeReplaced: false) : Leftovers.None;
        }
        catch (Exception exception) when (SqliteFaults.IsContention(exception))
        {
            return OpenWork.Left;
        }
    }

    internal override async Task<TouchedRows> OpenTouchedAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_statements is null, this);
        if (_session.HasLostFile)
        {
            throw ResetErrors.ChangesLost(SqliteNames.Engine);
        }

        var connection = await _session.OpenAsync(cancellationToken).ConfigureAwait(false);
        var transaction = connection.BeginTransaction(deferred: true);
        try
        {
            var notes = new List<string>();
            if (_statements.SchemaHasChanged())
            {
                var now = await connection.ReadAsync(SchemaDifference.SelectSql("main"), cancellationToken).ConfigureAwait(false);
                var baseline = await connection.ReadAsync(SchemaDifference.SelectSql(UndoSession.Baseline), cancellationToken).ConfigureAwait(false);
                notes.AddRange(SchemaDifference.Changes(now, baseline) is { } changes ? [ResetErrors.ChangesOfSchema(changes)] : []);
            }

            var touched = notes.Count == 0 && !_statements.SchemaHasChanged() ? _statements.TouchedTables() : null;
            return new TouchedRows(transaction)
            {
                Tables = touched is not null
                    ? [.. touched.Select(table => table.Touched())]
                    : await ComparedAsync(connection, cancellationToken).ConfigureAwait(false),
                Notes = notes,
                AsJson = static column => $"CASE typeof({column}) WHEN 'blob' THEN json_quote('0x' || hex({column})) WHEN 'null' THEN NULL ELSE json_quote({column}) END",
            };
        }
        catch (Exception exception)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            if (SqliteFaults.IsContention(exception))
            {
                throw ResetErrors.ChangesNotRead(SqliteNames.Engine, ResetErrors.DatabaseInUse, exception);
            }

            throw;
        }
    }

    /// <summary>Where the triggers may have missed something, all rows of tables that both sides have are compared.</summary>
    private async Task<IReadOnlyList<TouchedTable>> ComparedAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var columns = (await connection.ReadAsync(
            "SELECT l.name, c.name FROM pragma_table_list AS l, pragma_table_xinfo(l.name, 'main') AS c WHERE l.schema = 'main' AND l.type = 'table'",
            cancellationToken).ConfigureAwait(false)).ToLookup(row => (string)row[0]!, row => (string)row[1]!, StringComparer.OrdinalIgnoreCase);
        return [.. _schema!.LoggedTables.Select(table => table.Compared(columns[table.Name].ToHashSet(StringComparer.OrdinalIgnoreCase))).OfType<TouchedTable>()];
    }

    internal override async Task EmptyTouchedAsync(ResetOptions options, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_statements is null, this);
        if (options.Respawner.FormatDeleteStatement is not null)
        {
            throw ResetErrors.TouchedTablesWithStatement();
        }

        try
        {
            if (_session.HasLostFile)
            {
                await MoveToNewFileAsync(cancellationToken).ConfigureAwait(false);
            }

            var connection = await _session.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (_statements.SchemaHasChanged())
            {
                await SqliteEmptying.RunAsync(connection, options, UndoSession.Patience, cancellationToken).ConfigureAwait(false);
                return;
            }

            var plan = _statements.Plan
                ?? SqliteEmptying.Plan(options, await SqliteCatalog.ReadAsync(connection, cancellationToken).ConfigureAwait(false));
            _statements.Empty(plan);
        }
        catch (Exception exception) when (exception is KnownFaultException || SqliteFaults.IsContention(exception))
        {
            throw ResetErrors.EmptyingFailed(SqliteNames.Engine, ResetErrors.DatabaseInUse, exception);
        }
    }

    /// <summary>Our tables and triggers are removed from a user's database; a database of ours is deleted.</summary>
    public override async ValueTask DisposeAsync()
    {
        _statements?.Dispose();
        _statements = null;
        if (_hasTriggers && !lease.IsOwn)
        {
            _hasTriggers = false;
            var connection = await _session.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await RemoveLeftoversAsync(connection, CancellationToken.None).ConfigureAwait(false);
        }

        await _session.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// A test has deleted the file, as <c>EnsureDeleted</c> does, and there is another one or none. The baseline is written there, with its
    /// triggers.
    /// </summary>
    private async Task MoveToNewFileAsync(CancellationToken cancellationToken)
    {
        await _session.PutBaselineBackAsync(cancellationToken).ConfigureAwait(false);
        var session = new UndoSession(lease);
        try
        {
            await session.CopyBaselineAsync(cancellationToken).ConfigureAwait(false);
            var connection = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            var statements = await UndoStatements.MakeAsync(connection, _schema!, _session.Limit, cancellationToken).ConfigureAwait(false);
            _statements!.Dispose();
            _statements = statements;
            (_session, session) = (session, _session);
        }
        finally
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal static async Task RemoveLeftoversAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var leftovers = await connection.ReadAsync(TouchLog.LeftoversSql, cancellationToken).ConfigureAwait(false);
        if (leftovers.Count > 0)
        {
            await connection.ExecuteAsync(
                $"BEGIN IMMEDIATE; {string.Concat(leftovers.Select(row => (string)row[0]!))} COMMIT", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// If this connection cannot compile a trigger, for example since a condition calls a user's function, none is created, so that no test
    /// fails by it.
    /// </summary>
    private static async Task<IReadOnlyList<string>> CreateTriggersAsync(
        SqliteConnection connection, LoggedSchema schema, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("BEGIN IMMEDIATE", cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.ExecuteAsync(
                TouchLog.CreateStatements + string.Concat(schema.LoggedTables.Select(table => table.CreateStatements())), cancellationToken)
                .ConfigureAwait(false);
            UndoSession.SetTriggers(connection, enabled: true);
            foreach (var probe in schema.LoggedTables.SelectMany(table => table.Probes()))
            {
                await connection.ExecuteAsync(probe, cancellationToken).ConfigureAwait(false);
            }

            await connection.ExecuteAsync("COMMIT", cancellationToken).ConfigureAwait(false);
            return [];
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            await connection.ExecuteAsync("ROLLBACK", CancellationToken.None).ConfigureAwait(false);
            return [$"The triggers that note what is touched cannot be made: {exception.Message}"];
        }
        finally
        {
            UndoSession.SetTriggers(connection, enabled: false);
        }
    }
}
