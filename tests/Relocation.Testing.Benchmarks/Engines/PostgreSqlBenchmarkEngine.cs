using System.Data.Common;
using LinqToDB.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Relocation.Testing.Benchmarks.Model;
using Relocation.Testing.Benchmarks.Rivals;

namespace Relocation.Testing.Benchmarks.Engines;

/// <summary>Databases of their own on the server that <c>RELOCATION_TEST_POSTGRES</c> names.</summary>
internal sealed class PostgreSqlBenchmarkEngine : BenchmarkEngine
{
    private const string Variable = "RELOCATION_TEST_POSTGRES";

    internal override string Name => "postgresql";

    internal override DatabaseEngine Engine => PostgreSqlEngine.Instance;

    internal override BulkCopyType BulkCopyType => BulkCopyType.ProviderSpecific;

    private static string Server => Environment.GetEnvironmentVariable(Variable)
        ?? throw new UsageException($"Set {Variable} to the connection string of a server on which databases may be created.");

    internal override DbConnection CreateConnection(string connectionString) => new NpgsqlConnection(connectionString);

    internal override DbContextOptions<BenchmarkContext> Options(DbConnection connection) =>
        new DbContextOptionsBuilder<BenchmarkContext>().UseNpgsql(connection).Options;

    internal override async Task<IRowSink> OpenSinkAsync(DbConnection connection) =>
        await PostgreSqlSink.OpenAsync((NpgsqlConnection)connection);

    internal override async Task MoveCountersAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = string.Join(";\n", BenchmarkTables.All.Select(table =>
            $"SELECT setval(pg_get_serial_sequence('\"{table.Table}\"', 'Id'), coalesce(max(\"Id\"), 0) + 1, false) FROM \"{table.Table}\""));
        await command.ExecuteNonQueryAsync();
    }

    internal override async Task<string> CreateAsync(string folder, string name)
    {
        var connectionString = On(Unique(name));
        await CreateTablesAsync(connectionString);
        return connectionString;
    }

    internal override async Task<string> CloneAsync(string connectionString, string name)
    {
        var copy = Unique(name);
        await OnServerAsync($"CREATE DATABASE \"{copy}\" TEMPLATE \"{DatabaseOf(connectionString)}\" STRATEGY file_copy");
        return On(copy);
    }

    internal override Task DropAsync(string connectionString) =>
        OnServerAsync($"DROP DATABASE IF EXISTS \"{DatabaseOf(connectionString)}\" WITH (FORCE)");

    internal override async Task<string> VersionAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return "PostgreSQL " + connection.PostgreSqlVersion;
    }

    private static string Unique(string name) => $"test_benchmark_{Environment.ProcessId}_{name}";

    // Without pooling nothing stays connected, which a template does not allow.
    private static string On(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, Pooling = false }.ToString();

    private static string DatabaseOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database!;

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
