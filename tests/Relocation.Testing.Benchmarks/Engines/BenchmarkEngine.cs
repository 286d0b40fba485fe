using System.Data.Common;
using System.Globalization;
using LinqToDB.Data;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Benchmarks.Model;
using Relocation.Testing.Benchmarks.Rivals;
using Respawn;

namespace Relocation.Testing.Benchmarks.Engines;

/// <summary>What differs between the databases that imports are measured on.</summary>
internal abstract class BenchmarkEngine
{
    /// <summary>How the command line calls it.</summary>
    internal abstract string Name { get; }

    internal abstract DatabaseEngine Engine { get; }

    internal abstract BulkCopyType BulkCopyType { get; }

    /// <summary>Where test databases come from.</summary>
    internal abstract DatabaseTarget Target { get; }

    internal abstract IDbAdapter RespawnAdapter { get; }

    /// <summary>The definition of a primary key column that the database counts up by itself.</summary>
    internal abstract string CountedKey { get; }

    internal static BenchmarkEngine Of(string name) => name switch
    {
        "sqlite" => new SqliteBenchmarkEngine(),
        "postgresql" => new PostgreSqlBenchmarkEngine(),
        _ => throw new UsageException($"'{name}' is no engine. Write sqlite or postgresql."),
    };

    internal static async Task<long> HighestKeyAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT coalesce(max(\"Id\"), 0) FROM \"{table}\"";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    internal abstract DbConnection CreateConnection(string connectionString);

    internal abstract DbContextOptions<BenchmarkContext> Options(DbConnection connection);

    internal abstract Task<IRowSink> OpenSinkAsync(DbConnection connection);

    /// <summary>Moves the key counters past the highest keys, where the database does not do so by itself.</summary>
    internal abstract Task MoveCountersAsync(DbConnection connection);

    /// <summary>Makes an empty database with the benchmark's tables and returns its connection string.</summary>
    internal abstract Task<string> CreateAsync(string folder, string name);

    /// <summary>Copies a database that nobody is connected to.</summary>
    internal abstract Task<string> CloneAsync(string connectionString, string name);

    internal abstract Task DropAsync(string connectionString);

    /// <summary>The database's version, as it names it itself.</summary>
    internal abstract Task<string> VersionAsync(string connectionString);

    internal RelocationModel RelocationModel()
    {
        using var connection = CreateConnection(string.Empty);
        using var context = new BenchmarkContext(Options(connection));
        return Testing.RelocationModel.FromContext(context);
    }

    internal async Task<Dictionary<Type, long>> HighestKeysAsync(DbConnection connection)
    {
        await using var context = new BenchmarkContext(Options(connection));
        var highest = new Dictionary<Type, long>();
        foreach (var type in EntityReader.Types)
        {
            highest[type] = await HighestKeyAsync(connection, context.Model.FindEntityType(type)!.GetTableName()!);
        }

        return highest;
    }

    private protected async Task CreateTablesAsync(string connectionString)
    {
        await using var connection = CreateConnection(connectionString);
        await using var context = new BenchmarkContext(Options(connection));
        await context.Database.EnsureCreatedAsync();
    }
}
