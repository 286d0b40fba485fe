using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Engines;
using Relocation.Testing.Exporting;
using Relocation.Testing.Files;
using Relocation.Testing.Importing;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Sqlite.Places;
using Relocation.Testing.Sqlite.Resetting;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing;

/// <summary>SQLite, through Microsoft.Data.Sqlite.</summary>
public sealed class SqliteEngine : DatabaseEngine
{
    private SqliteEngine()
    {
    }

    /// <summary>The engine.</summary>
    public static SqliteEngine Instance { get; } = new();

    /// <inheritdoc />
    public override string Name => SqliteNames.Engine;

    /// <inheritdoc />
    public override DatabaseTarget TargetBeside(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Owns(connection) ? SqliteTarget.InMemory() : throw ImportErrors.WrongEngine(this, connection.GetType());
    }

    internal override SchemaDialect Schema => SqliteSchemaDialect.Instance;

    internal override string BytesType => "blob";

    internal override string CodeName => "code";

    internal override DriverFault Placed(DriverFault fault, DbConnection connection) =>
        PlacedFault.Of(fault, SqliteLocation.Of((SqliteConnection)connection));

    internal override DriverFault? FaultOf(Exception exception) => SqliteFaults.Of(exception);

    internal override DbConnection CreateConnection(string connectionString) => new SqliteConnection(connectionString);

    internal override string Quote(string identifier) => SqliteNames.Quote(identifier);

    internal override bool Owns(DbConnection connection) => connection is SqliteConnection;

    internal override string DatabaseName(DbConnection connection) =>
        SqliteLocation.GivenName(new SqliteConnectionStringBuilder(connection.ConnectionString).DataSource);

    internal override Task<RealDatabase> RealDatabaseAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var location = SqliteLocation.Of((SqliteConnection)connection);
        return Task.FromResult(location.File is { } file
            ? new RealDatabase(Path.GetFileName(file), file, FileNode.HasOtherNames(file))
            : new RealDatabase(location.SharedMemory ?? string.Empty, location.ToString()));
    }

    internal override bool LeadsTo(DbConnection connection, string connectionString)
    {
        var location = SqliteLocation.Of((SqliteConnection)connection);
        return connectionString.Length == 0
            ? location.IsPrivate
            : location.IsSameAs(SqliteLocation.Of(new SqliteConnectionStringBuilder(connectionString)));
    }

    internal override string Describe(DbConnection connection) => SqliteLocation.Of((SqliteConnection)connection).ToString();

    internal override Task<ImportTransaction> BeginImportAsync(
        DbConnection connection,
        DbTransaction? outer,
        IReadOnlyList<TableLoad> loads,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken) =>
        SqliteImportTransaction.BeginAsync((SqliteConnection)connection, (SqliteTransaction?)outer, this, loads, prepare, patience, cancellationToken);

    internal override Task<ImportTransaction> BeginChunkedImportAsync(
        DbConnection connection,
        IReadOnlyList<TableLoad> loads,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken) =>
        SqliteImportTransaction.BeginAsync((SqliteConnection)connection, null, this, loads, prepare, patience, cancellationToken, isChunked: true);

    internal override Task<ExportTransaction> BeginExportAsync(
        DbConnection connection, DbTransaction? outer, Patience patience, CancellationToken cancellationToken) =>
        SqliteExportTransaction.BeginAsync((SqliteConnection)connection, (SqliteTransaction?)outer, patience, cancellationToken);

    internal override void UseDatabase(DbContextOptionsBuilder builder, string connectionString) =>
        builder.UseSqlite(connectionString);

    internal override void UseDatabase(DbContextOptionsBuilder builder, DbConnection connection) =>
        builder.UseSqlite(connection);

    internal override Task ResetToEmptyAsync(DbConnection connection, ResetOptions options, Patience patience, CancellationToken cancellationToken) =>
        SqliteEmptying.RunAsync((SqliteConnection)connection, options, patience, cancellationToken);

    internal override string? WorkOf(DbConnection connection) => OpenWork.Of((SqliteConnection)connection);

    internal override ChosenReset CreateBaselineReset(DatabaseLease lease, ResetStrategy strategy) =>
        new(this, strategy, new SqliteUndoLog(lease), new SqlitePageCopy(lease), new SqliteOpenTransaction(this, lease));
}
