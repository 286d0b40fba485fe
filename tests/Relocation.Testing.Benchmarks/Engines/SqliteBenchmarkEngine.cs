using System.Data.Common;
using LinqToDB.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Benchmarks.Model;
using Relocation.Testing.Benchmarks.Rivals;
using Respawn;

namespace Relocation.Testing.Benchmarks.Engines;

/// <summary>SQLite in files of a temporary folder.</summary>
internal sealed class SqliteBenchmarkEngine : BenchmarkEngine
{
    internal override string Name => "sqlite";

    internal override DatabaseEngine Engine => SqliteEngine.Instance;

    internal override BulkCopyType BulkCopyType => BulkCopyType.MultipleRows;

    internal override DatabaseTarget Target => SqliteTarget.TemporaryFile();

    internal override IDbAdapter RespawnAdapter => DbAdapter.Sqlite;

    internal override string CountedKey => "INTEGER PRIMARY KEY AUTOINCREMENT";

    internal override DbConnection CreateConnection(string connectionString) => new SqliteConnection(connectionString);

    internal override DbContextOptions<BenchmarkContext> Options(DbConnection connection) =>
        new DbContextOptionsBuilder<BenchmarkContext>().UseSqlite(connection).Options;

    internal override Task<IRowSink> OpenSinkAsync(DbConnection connection) =>
        Task.FromResult<IRowSink>(new SqliteSink((SqliteConnection)connection));

    // AUTOINCREMENT follows keys that are given.
    internal override Task MoveCountersAsync(DbConnection connection) => Task.CompletedTask;

    internal override async Task<string> CreateAsync(string folder, string name)
    {
        var connectionString = At(Path.Combine(folder, name + ".db"));
        await CreateTablesAsync(connectionString);
        await using var connection = CreateConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        // EF Core makes files with a write-ahead log; the usual journal is what test databases of others have.
        command.CommandText = "PRAGMA journal_mode = DELETE";
        await command.ExecuteNonQueryAsync();
        return connectionString;
    }

    internal override Task<string> CloneAsync(string connectionString, string name)
    {
        var source = FileOf(connectionString);
        var copy = Path.Combine(Path.GetDirectoryName(source)!, name + ".db");
        File.Copy(source, copy, overwrite: true);
        return Task.FromResult(At(copy));
    }

    internal override Task DropAsync(string connectionString)
    {
        File.Delete(FileOf(connectionString));
        return Task.CompletedTask;
    }

    internal override async Task<string> VersionAsync(string connectionString)
    {
        await using var connection = CreateConnection("Data Source=:memory:");
        await connection.OpenAsync();
        return "SQLite " + connection.ServerVersion;
    }

    private static string At(string file) => new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();

    private static string FileOf(string connectionString) => new SqliteConnectionStringBuilder(connectionString).DataSource;
}
