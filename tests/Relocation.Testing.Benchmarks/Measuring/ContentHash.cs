using System.Data.Common;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Model;
using Relocation.Testing.Benchmarks.Rivals;

namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>
/// A hash of a database's content that ignores keys and the order of rows: of each row its own values, and of each row that
/// it refers to, that row's own values.
/// </summary>
internal static class ContentHash
{
    private const ulong Prime = 0x100000001B3;

    /// <summary>A line a table: its name, its number of rows and its hash.</summary>
    internal static async Task<string> OfAsync(BenchmarkEngine engine, string connectionString)
    {
        await using var connection = engine.CreateConnection(connectionString);
        await connection.OpenAsync();
        var own = new Dictionary<string, Dictionary<long, ulong>>();
        foreach (var table in BenchmarkTables.All)
        {
            own[table.Label] = await OwnAsync(connection, table);
        }

        var lines = new List<string>();
        foreach (var table in BenchmarkTables.All)
        {
            lines.Add($"{table.Table} {own[table.Label].Count} {await WithReferencesAsync(connection, table, own):x16}");
        }

        return string.Join('\n', lines);
    }

    private static async Task<Dictionary<long, ulong>> OwnAsync(DbConnection connection, BareTable table)
    {
        var hashes = new Dictionary<long, ulong>();
        await using var reader = await ReadAsync(connection, table);
        while (await reader.ReadAsync())
        {
            var hash = 0xCBF29CE484222325UL;
            for (var index = 0; index < table.Columns.Length; index++)
            {
                if (table.Columns[index].Kind != BareKind.Reference)
                {
                    hash = Mix(hash, reader.IsDBNull(index + 1) ? 1 : Value(reader, index + 1, table.Columns[index].Kind));
                }
            }

            hashes.Add(reader.GetInt64(0), hash);
        }

        return hashes;
    }

    private static async Task<ulong> WithReferencesAsync(
        DbConnection connection, BareTable table, Dictionary<string, Dictionary<long, ulong>> own)
    {
        var sum = 0UL;
        await using var reader = await ReadAsync(connection, table);
        while (await reader.ReadAsync())
        {
            var hash = own[table.Label][reader.GetInt64(0)];
            for (var index = 0; index < table.Columns.Length; index++)
            {
                if (table.Columns[index].Target is { } target)
                {
                    hash = Mix(hash, reader.IsDBNull(index + 1) ? 1 : own[target][reader.GetInt64(index + 1)]);
                }
            }

            sum += hash;
        }

        return sum;
    }

    private static async Task<DbDataReader> ReadAsync(DbConnection connection, BareTable table)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"SELECT {table.ColumnList} FROM \"{table.Table}\"";
        return await command.ExecuteReaderAsync();
    }

    private static ulong Value(DbDataReader reader, int index, BareKind kind) => kind switch
    {
        BareKind.Text => OfText(reader.GetString(index)),
        BareKind.Int32 => (ulong)reader.GetInt64(index),
        BareKind.Boolean => reader.GetBoolean(index) ? 3UL : 2UL,
        BareKind.DateTime => (ulong)reader.GetDateTime(index).Ticks,
        BareKind.Real => (ulong)BitConverter.DoubleToInt64Bits(reader.GetDouble(index)),
        BareKind.Decimal => (ulong)(reader.GetDecimal(index) * 100),
        _ => OfText(reader.GetGuid(index).ToString()),
    };

    private static ulong OfText(string text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * Prime;
        }

        return hash;
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }
}
