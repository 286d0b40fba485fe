using System.Data.Common;

namespace Relocation.Testing.Benchmarks.Events;

/// <summary>The rows that saving events left in a database, ready to be written again.</summary>
internal sealed class ReadyRows
{
    /// <summary>What payloads go to; all else is few rows.</summary>
    private static readonly HashSet<string> OfEvents = ["nodestore_node", "event_stream", "event_stream_log"];

    internal required string Table { get; init; }

    internal required IReadOnlyList<string> Columns { get; init; }

    internal required IReadOnlyList<object[]> Rows { get; init; }

    /// <summary>The tables that events are saved to, those that others refer to first.</summary>
    internal static IReadOnlyList<string> Tables { get; } =
    [
        "sentry_release", "sentry_release_project", "sentry_environment", "sentry_environmentproject", "sentry_projectcounter", "sentry_groupedmessage",
        "sentry_grouphash", "sentry_groupenvironment", "sentry_grouprelease", "sentry_environmentrelease", "sentry_releaseprojectenvironment",
        "nodestore_node", "event_stream", "event_stream_log",
    ];

    /// <summary>The rows that are written with a batch: few rows come with the first one, the others are spread.</summary>
    internal IEnumerable<object[]> Of(int batch, int batches) => OfEvents.Contains(Table)
        ? Rows.Skip((int)((long)Rows.Count * batch / batches)).Take((int)(((long)Rows.Count * (batch + 1) / batches) - ((long)Rows.Count * batch / batches)))
        : batch == 0 ? Rows : [];

    internal static async Task<IReadOnlyList<ReadyRows>> ReadAsync(DbConnection connection)
    {
        var tables = new List<ReadyRows>();
        foreach (var table in Tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} ORDER BY id";
            await using var reader = await command.ExecuteReaderAsync();
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
            var rows = new List<object[]>();
            while (await reader.ReadAsync())
            {
                var values = new object[reader.FieldCount];
                reader.GetValues(values);
                rows.Add(values);
            }

            tables.Add(new ReadyRows { Table = table, Columns = columns, Rows = rows });
        }

        return tables;
    }
}
