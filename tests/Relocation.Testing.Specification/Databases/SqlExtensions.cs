using System.Data.Common;
using System.Globalization;

namespace Relocation.Testing.Specification.Databases;

public static class SqlExtensions
{
    public static async Task RunAsync(this DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        if (sql.Length > 0)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    public static async Task RunAsync(this TestDatabase database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.RunAsync(sql);
    }

    public static async Task<long> CountAsync(this DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    public static async Task<string> TextAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        return await TextAsync(reader);
    }

    /// <summary>The results of several queries, sent at once.</summary>
    public static async Task<IReadOnlyList<string>> TextsAsync(this DbConnection connection, IEnumerable<string> queries)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = string.Join(";\n", queries);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var results = new List<string>();
        do
        {
            results.Add(await TextAsync(reader));
        }
        while (await reader.NextResultAsync(TestContext.Current.CancellationToken));

        return results;
    }

    public static async Task<string> TextAsync(this TestDatabase database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.TextAsync(sql);
    }

    private static async Task<string> TextAsync(DbDataReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i)
                ? "null"
                : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return string.Join('\n', lines);
    }
}
