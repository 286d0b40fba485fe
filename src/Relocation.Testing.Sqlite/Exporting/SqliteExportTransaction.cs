using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Statements;
using Relocation.Testing.Sqlite.Waiting;
using SQLitePCL;

namespace Relocation.Testing.Exporting;

/// <summary>Reads a SQLite database at one moment.</summary>
internal sealed class SqliteExportTransaction : ExportTransaction
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction? _own;
    private readonly SqliteWait _wait;

    private SqliteExportTransaction(SqliteConnection connection, SqliteTransaction? own, Patience patience)
    {
        _wait = new SqliteWait(connection, patience);
        _connection = connection;
        _own = own;
    }

    internal override string ColumnsSql(string? schema, string table) => $"SELECT name FROM pragma_table_xinfo({SqliteNames.Literal(table)})";

    internal static async Task<ExportTransaction> BeginAsync(
        SqliteConnection connection, SqliteTransaction? outer, Patience patience, CancellationToken cancellationToken)
    {
        if (raw.GetNativeLibraryName() != NativeMethods.Library)
        {
            throw SqliteErrors.OtherLibrary(raw.GetNativeLibraryName());
        }

        if (outer is null && raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            throw ExportErrors.ExportInTransaction();
        }

        // Deferred: it takes no lock that others would wait for but for their commits. The first query fixes what is seen. Where a table is just
        // being made in shared memory, not even this can begin.
        var own = outer is null
            ? await new SqliteWait(connection, patience).DoAsync(() => Task.FromResult(connection.BeginTransaction(deferred: true)), cancellationToken)
                .ConfigureAwait(false)
            : null;
        var export = new SqliteExportTransaction(connection, own, patience);
        try
        {
            await export._wait.DoAsync(
                () =>
                {
                    export._wait.Execute("SELECT 1 FROM sqlite_master LIMIT 1");
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
            return export;
        }
        catch
        {
            await export.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override string Selected(RelocationField field, string column) => column;

    internal override string Ordered(RelocationField field, string column) =>
        field.Type == FieldType.Text ? $"{column} COLLATE BINARY" : column;

    internal override Task<StoredRows> OpenAsync(ExportQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _wait.DoAsync(
            () => Task.FromResult<StoredRows>(new SqliteStoredRows(_connection.Handle!.DangerousGetHandle(), query, _wait)), cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_own is null)
        {
            return;
        }

        // It cannot end either.
        var timeout = _connection.DefaultTimeout;
        _connection.DefaultTimeout = SqliteWait.SecondsOfDriver;
        try
        {
            await _own.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _connection.DefaultTimeout = timeout;
        }
    }
}
