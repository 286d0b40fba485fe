using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Exporting;
using Relocation.Testing.Importing;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.PostgreSql.Resetting;
using Relocation.Testing.PostgreSql.Server;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing;

/// <summary>PostgreSQL, through Npgsql.</summary>
public sealed class PostgreSqlEngine : DatabaseEngine
{
    private PostgreSqlEngine()
    {
    }

    /// <summary>A context that maps enums makes a data source, which wants a host, even where only its model is read.</summary>
    private const string Nowhere = "Host=nowhere.invalid";

    /// <summary>The connection strings of our own connections, which do not reveal their passwords once they are open.</summary>
    private static readonly ConditionalWeakTable<DbConnection, string> Given = [];

    /// <summary>The engine.</summary>
    public static PostgreSqlEngine Instance { get; } = new();

    /// <inheritdoc />
    public override string Name => PostgreSqlNames.Engine;

    /// <inheritdoc />
    public override DatabaseTarget TargetBeside(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Owns(connection)
            ? PostgreSqlTarget.OnServer(Given.TryGetValue(connection, out var given) ? given : connection.ConnectionString)
            : throw ImportErrors.WrongEngine(this, connection.GetType());
    }

    internal override SchemaDialect Schema => PostgreSqlSchemaDialect.Instance;

    internal override string BytesType => "bytea";

    internal override string CodeName => PostgreSqlNames.Code;

    internal override DriverFault? FaultOf(Exception exception) => PostgreSqlFaults.Of(exception);

    internal override DbConnection CreateConnection(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        Given.Add(connection, connectionString);
        return connection;
    }

    internal override string Quote(string identifier) => PostgreSqlNames.Quote(identifier);

    internal override bool Owns(DbConnection connection) => connection is NpgsqlConnection;

    internal override string DatabaseName(DbConnection connection) => connection.Database;

    /// <summary>A pooler may use another name for a database than its server, and a connection string need not name one.</summary>
    internal override async Task<RealDatabase> RealDatabaseAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var rows = await ((NpgsqlConnection)connection).ReadAsync("SELECT pg_catalog.current_database()::text", cancellationToken)
            .ConfigureAwait(false);
        var name = (string)rows[0][0]!;
        return new RealDatabase(name, name);
    }

    internal override bool LeadsTo(DbConnection connection, string connectionString) => connectionString.Length == 0
        ? connection.ConnectionString.Contains(Nowhere, StringComparison.Ordinal)
        : ServerPlace.AreSame((NpgsqlConnection)connection, connectionString);

    internal override string Describe(DbConnection connection) =>
        ServerPlace.Of(new NpgsqlConnectionStringBuilder(connection.ConnectionString)).ToString();

    internal override Task<ImportTransaction> BeginImportAsync(
        DbConnection connection,
        DbTransaction? outer,
        IReadOnlyList<TableLoad> loads,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken) =>
        PostgreSqlImportTransaction.BeginAsync(
            (NpgsqlConnection)connection, (NpgsqlTransaction?)outer, this, loads, SetAsideRule.Default, prepare, patience, cancellationToken);

    internal override Task<ImportTransaction> BeginChunkedImportAsync(
        DbConnection connection,
        IReadOnlyList<TableLoad> loads,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken) =>
        PostgreSqlImportTransaction.BeginAsync(
            (NpgsqlConnection)connection, null, this, loads, SetAsideRule.Never, prepare, patience, cancellationToken, isChunked: true);

    internal override Task<ExportTransaction> BeginExportAsync(
        DbConnection connection, DbTransaction? outer, Patience patience, CancellationToken cancellationToken) =>
        PostgreSqlExportTransaction.BeginAsync((NpgsqlConnection)connection, (NpgsqlTransaction?)outer, patience, cancellationToken);

    internal override void UseDatabase(DbContextOptionsBuilder builder, string connectionString) =>
        builder.UseNpgsql(connectionString.Length > 0 ? connectionString : Nowhere);

    internal override void UseDatabase(DbContextOptionsBuilder builder, DbConnection connection) =>
        builder.UseNpgsql(connection);

    internal override Task ResetToEmptyAsync(DbConnection connection, ResetOptions options, Patience patience, CancellationToken cancellationToken) =>
        PostgreSqlEmptying.RunAsync((NpgsqlConnection)connection, options, patience, cancellationToken);

    /// <summary>The driver reports only readers and commands; the server reports transactions.</summary>
    internal override string? WorkOf(DbConnection connection) => ((NpgsqlConnection)connection).FullState switch
    {
        var state when state.HasFlag(ConnectionState.Fetching) => "a reader is open",
        var state when state.HasFlag(ConnectionState.Executing) => "a statement is running",
        _ => null,
    };

    internal override DriverFault Placed(DriverFault fault, DbConnection connection) =>
        fault.Fault == DatabaseFault.Full && SharedPostgreSqlServer.OfProcess.Current is { } server
            && new NpgsqlConnectionStringBuilder(connection.ConnectionString).Host == server.Folder
                ? fault with { Advice = fault.Advice + ServerErrors.FullPlace(server.Place) }
                : fault;

    internal override ChosenReset CreateBaselineReset(DatabaseLease lease, ResetStrategy strategy) =>
        new(
            this,
            strategy,
            new PostgreSqlUndoLog(lease, notesRows: true),
            new PostgreSqlUndoLog(lease, notesRows: false),
            new PostgreSqlOpenTransaction(this, lease));
}
