using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace Relocation.Testing.Benchmarks.Events;

/// <summary>Writes ready rows: a prepared statement a table on SQLite, a COPY a table on PostgreSQL. Nothing is normalised, looked up or serialised.</summary>
internal sealed class BareEventRival(IReadOnlyList<ReadyRows> tables, int batches) : EventRival
{
    private readonly Dictionary<string, DbCommand> _inserts = [];

    internal override string Name => "bare";

    internal override string Title => "bare writer of ready rows";

    internal override async Task SaveAsync(DbConnection connection, int number, IReadOnlyList<JsonObject> events)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var table in tables)
        {
            var rows = table.Of(number, batches).ToList();
            if (rows.Count == 0)
            {
                continue;
            }

            if (connection is NpgsqlConnection server)
            {
                await CopyAsync(server, table, rows);
            }
            else
            {
                await InsertAsync(connection, transaction, table, rows);
            }
        }

        await transaction.CommitAsync();
    }

    private static async Task CopyAsync(NpgsqlConnection connection, ReadyRows table, List<object[]> rows)
    {
        var columns = string.Join(", ", table.Columns.Select(column => $"\"{column}\""));
        await using var importer = await connection.BeginBinaryImportAsync($"COPY {table.Table} ({columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await importer.StartRowAsync();
            foreach (var value in row)
            {
                if (value is DBNull)
                {
                    await importer.WriteNullAsync();
                }
                else
                {
                    await importer.WriteAsync(value);
                }
            }
        }

        await importer.CompleteAsync();
    }

    private async Task InsertAsync(DbConnection connection, DbTransaction transaction, ReadyRows table, List<object[]> rows)
    {
        if (!_inserts.TryGetValue(table.Table, out var insert))
        {
            var names = table.Columns.Select((_, at) => string.Create(CultureInfo.InvariantCulture, $"@p{at}")).ToList();
            insert = connection.CreateCommand();
            insert.CommandText = $"INSERT INTO {table.Table} ({string.Join(", ", table.Columns.Select(column => $"\"{column}\""))}) VALUES ({string.Join(", ", names)})";
            foreach (var name in names)
            {
                var parameter = insert.CreateParameter();
                parameter.ParameterName = name;
                insert.Parameters.Add(parameter);
            }

            _inserts.Add(table.Table, insert);
        }

        insert.Transaction = transaction;
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                insert.Parameters[i].Value = row[i];
            }

            await insert.ExecuteNonQueryAsync();
        }
    }
}
