using System.Data;
using System.Data.Common;
using Npgsql;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

/// <summary>A database of its own on the tests' server; dropped with the connection.</summary>
internal static class EmptyDatabase
{
    internal static async Task<DbConnection> OpenAsync()
    {
        var server = await PostgreSqlFixture.ConnectionStringAsync();
        var name = $"schema_test_{Guid.NewGuid():N}";
        await RunAsync(server, $"CREATE DATABASE {name}");
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ConnectionString);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == ConnectionState.Closed)
            {
                RunAsync(server, $"DROP DATABASE {name} WITH (FORCE)").GetAwaiter().GetResult();
            }
        };
        await connection.OpenAsync();
        return connection;
    }

    private static async Task RunAsync(string server, string statement)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
