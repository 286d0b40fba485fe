using Microsoft.Data.Sqlite;
using Relocation.Testing.Importing;
using SQLitePCL;

namespace Relocation.Testing.Exporting;

/// <summary>Reads a SQLite database at one moment.</summary>
internal sealed class SqliteExportTransaction : ExportTransaction
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction? _own;

    private SqliteExportTransaction(SqliteConnection connection, SqliteTransaction? own)
    {
        _connection = connection;
        _own = own;
    }

    internal static SqliteExportTransaction Begin(SqliteConnection connection, SqliteTransaction? outer)
    {
        if (raw.GetNativeLibraryName() != NativeMethods.Library)
        {
            throw SqliteErrors.OtherLibrary(raw.GetNativeLibraryName());
        }

        if (outer is null && raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            throw Errors.ExportInTransaction();
        }

        // Deferred: it takes no lock that others would wait for. The first query fixes what is seen.
        return new SqliteExportTransaction(connection, outer is null ? connection.BeginTransaction(deferred: true) : null);
    }

    internal override string Selected(RelocationField field, string column) => column;

    internal override string Ordered(RelocationField field, string column) =>
        field.Type == FieldType.Text ? $"{column} COLLATE BINARY" : column;

    internal override Task<StoredRows> OpenAsync(ExportQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<StoredRows>(new SqliteStoredRows(_connection.Handle!.DangerousGetHandle(), query));
    }

    public override async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync().ConfigureAwait(false);
        }
    }
}
