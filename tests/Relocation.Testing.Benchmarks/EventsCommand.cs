using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Events;

namespace Relocation.Testing.Benchmarks;

/// <summary>Measures the saving of events by all rivals, in turns, and checks that all of them leave the same rows.</summary>
internal static class EventsCommand
{
    private const int FreshEvery = 1_000;

    internal static async Task<int> RunAsync(Arguments arguments)
    {
        var names = arguments.List("rivals", "ours,bare,ef");
        var (runs, batch) = (arguments.Number("runs", 3), arguments.Number("batch", 100));
        var reset = Enum.Parse<ResetStrategy>(arguments.Text("reset", nameof(ResetStrategy.UndoLog)), ignoreCase: true);
        var lines = new List<string>();
        foreach (var engineName in arguments.List("engine", "sqlite"))
        {
            var engine = BenchmarkEngine.Of(engineName);
            foreach (var count in arguments.List("events", "10000").Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
            {
                lines.AddRange(await MeasureAsync(engine, names, count, batch, runs, reset));
            }
        }

        foreach (var line in lines)
        {
            await Console.Out.WriteLineAsync(line);
        }

        return 0;
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(
        BenchmarkEngine engine, IReadOnlyList<string> names, int count, int batch, int runs, ResetStrategy reset)
    {
        var measured = names.ToDictionary(name => name, _ => new List<(double Microseconds, double Processor, double Bytes)>());
        string? expected = null;
        IReadOnlyList<ReadyRows> ready = [];

        // The bare writer's rows, and everything warm.
        await SaveAsync(engine, new OursEventRival(engine.Engine), count, batch, reset, async connection => ready = await ReadyRows.ReadAsync(connection));
        for (var run = 0; run < runs; run++)
        {
            for (var turn = 0; turn < names.Count; turn++)
            {
                var rival = Rival(engine, names[(run + turn) % names.Count], ready, (count + batch - 1) / batch);
                var found = string.Empty;
                measured[rival.Name].Add(await SaveAsync(engine, rival, count, batch, reset, async connection => found = await ContentAsync(connection)));
                expected ??= found;
                if (found != expected)
                {
                    throw new InvalidOperationException($"{rival.Title} left other rows:\n{Difference(expected, found)}");
                }
            }
        }

        var ours = measured.TryGetValue("ours", out var own) ? Median(own.Select(run => run.Microseconds)) : double.NaN;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{engine.Name}, {count} events in batches of {batch}, reset by {reset}, median of {runs} runs, equal rows:"),
            .. names.Select(name => string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-5} {Median(measured[name].Select(run => run.Microseconds)),9:0.0} us an event, {Median(measured[name].Select(run => run.Processor)),9:0.0} us of processors, "
                + $"{Median(measured[name].Select(run => run.Bytes)),9:0} bytes allocated; time / ours {Median(measured[name].Select(run => run.Microseconds)) / ours:0.00}")),
        ];
    }

    private static EventRival Rival(BenchmarkEngine engine, string name, IReadOnlyList<ReadyRows> ready, int batches) => name switch
    {
        "ours" => new OursEventRival(engine.Engine),
        "bare" => new BareEventRival(ready, batches),
        "ef" => new EntityEventRival(connection => engine.Name == "sqlite"
            ? new DbContextOptionsBuilder<EventContext>().UseSqlite(connection).Options
            : new DbContextOptionsBuilder<EventContext>().UseNpgsql(connection).Options),
        _ => throw new UsageException($"'{name}' is no rival. There are: ours, bare, ef."),
    };

    /// <summary>Saves into a database of its own; the making of events is not measured.</summary>
    private static async Task<(double Microseconds, double Processor, double Bytes)> SaveAsync(
        BenchmarkEngine engine, EventRival rival, int count, int batch, ResetStrategy reset, Func<DbConnection, Task> look)
    {
        await using var database = await TestDatabase.CreateAsync(new TestDatabaseOptions
        {
            Target = engine is SqliteBenchmarkEngine ? engine.Target : PostgreSqlTarget.ThrowAway(),
            Model = SentryModel.Create(engine.Engine, SentryTables.Import | SentryTables.Events),
            Schema = SchemaSource.FromModel,
            Seed = (connection, cancellationToken) => ImportAsync(engine.Engine, connection, cancellationToken),

            // The triggers of an undo log note each row that a rival writes.
            Reset = new ResetOptions { Strategy = reset },
        });
        await using var connection = await database.OpenConnectionAsync();
        var options = new SyntheticEventOptions
        {
            Count = count, Projects = [1, 2, 3], Until = FrozenClock.Now, Groups = 40, Releases = ["shop@1.0.0", "shop@1.1.0", "2.0"], Environments = ["production", "staging", "dev"],
        };
        var watch = new Stopwatch();
        var allocated = 0L;
        var processor = TimeSpan.Zero;
        var number = 0;
        foreach (var chunk in SyntheticEvents.Make(options).Chunk(batch))
        {
            // Payloads arrive as text: nodes are read from it when they are looked at.
            var events = chunk.Select(data => JsonNode.Parse(data.ToJsonString())!.AsObject()).ToList();
            if (number % FreshEvery == 0)
            {
                GC.Collect();
            }

            var before = GC.GetTotalAllocatedBytes(precise: true);
            var processorBefore = Environment.CpuUsage.TotalTime;
            watch.Start();
            await rival.SaveAsync(connection, number++, events);
            watch.Stop();
            processor += Environment.CpuUsage.TotalTime - processorBefore;
            allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        await look(connection);
        return (watch.Elapsed.TotalMicroseconds / count, processor.TotalMicroseconds / count, (double)allocated / count);
    }

    private static async Task ImportAsync(DatabaseEngine engine, DbConnection connection, CancellationToken cancellationToken)
    {
        var records = new JsonArray(
            Record("sentry.organization", 1, new JsonObject { ["name"] = "acme", ["slug"] = "acme" }),
            Record("sentry.project", 1, new JsonObject { ["organization"] = 1, ["name"] = "shop", ["slug"] = "shop" }),
            Record("sentry.project", 2, new JsonObject { ["organization"] = 1, ["name"] = "blog", ["slug"] = "blog" }),
            Record("sentry.project", 3, new JsonObject { ["organization"] = 1, ["name"] = "api", ["slug"] = "api" }));
        await new SentryImport(engine, new SentryImportOptions { Clock = new FrozenClock() })
            .ImportInOrganizationScopeAsync(connection, Backup.FromJson(records.ToJsonString(), "projects"), cancellationToken: cancellationToken);
    }

    private static JsonObject Record(string model, int key, JsonObject fields) => new() { ["model"] = model, ["pk"] = key, ["fields"] = fields };

    /// <summary>A hash of each table's rows, and of the first rows of each for a message.</summary>
    private static async Task<string> ContentAsync(DbConnection connection)
    {
        var content = new StringBuilder();
        foreach (var table in ReadyRows.Tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} ORDER BY id";
            await using var reader = await command.ExecuteReaderAsync();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var rows = 0;
            var first = string.Empty;
            while (await reader.ReadAsync())
            {
                var text = string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(at => Shown(reader.GetValue(at))));
                hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
                first = rows++ < 3 ? first + "\n    " + text : first;
            }

            content.Append(CultureInfo.InvariantCulture, $"{table}: {rows} rows, {Convert.ToHexString(hash.GetHashAndReset())}{first}\n");
        }

        return content.ToString();
    }

    private static string Shown(object value) => value is string[] texts ? $"[{string.Join(',', texts)}]" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Difference(string expected, string found)
    {
        var pairs = expected.Split('\n').Zip(found.Split('\n')).Where(pair => pair.First != pair.Second).Take(6);
        return string.Join('\n', pairs.Select(pair => $"expected {pair.First}\nfound    {pair.Second}"));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
