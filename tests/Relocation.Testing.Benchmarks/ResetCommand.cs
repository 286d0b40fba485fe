using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Measuring;
using Relocation.Testing.Benchmarks.Model;
using Respawn;

namespace Relocation.Testing.Benchmarks;

/// <summary>Measures what a reset costs after a test that touched 20 rows in 3 tables, beside Respawn and importing again.</summary>
internal static class ResetCommand
{
    /// <summary>New rows, changed rows and removed rows; nothing refers to the new ones.</summary>
    private const string Test = """
        UPDATE "Widgets" SET "Title" = "Title" || '!' WHERE "Id" IN (SELECT "Id" FROM "Widgets" ORDER BY "Id" LIMIT 8);
        DELETE FROM "AuditEntries" WHERE "Id" IN (SELECT "Id" FROM "AuditEntries" ORDER BY "Id" LIMIT 6);
        UPDATE "Comments" SET "IssueId" = "IssueId" WHERE "Id" IN (SELECT "Id" FROM "Comments" ORDER BY "Id" LIMIT 6)
        """;

    private const int EmptyTables = 120;

    /// <summary>Resets before the first that counts: as a suite has that has run for a second.</summary>
    private const int WarmingUp = 100;

    internal static async Task<int> RunAsync(Arguments arguments)
    {
        var (records, runs) = (arguments.Number("records", 100_000), arguments.Number("runs", 50));
        var sections = new List<string>();
        foreach (var name in arguments.List("engine", "sqlite"))
        {
            var engine = BenchmarkEngine.Of(name);
            await using var backups = new BenchmarkBackups(engine);
            var file = await backups.WriteAsync(records);
            var measured = new List<ResetMeasurement>
            {
                await ToBaselineAsync(engine, file, ResetStrategy.UndoLog, "undo log", runs),
                await ToBaselineAsync(engine, file, ResetStrategy.Copy, "copy", runs),
                await ReimportAsync(engine, file, Math.Max(3, runs / 10)),
            };
            sections.Add(ResetReport.Section($"{engine.Engine}: to the baseline of {records:N0} records", measured));
            sections.Add(ResetReport.Section($"{engine.Engine}: {EmptyTables} tables to empty",
            [
                await ToEmptyAsync(engine, EmptyBy.TouchedTables, "touched tables", runs),
                await ToEmptyAsync(engine, EmptyBy.Respawn, "Respawn through this library", runs),
                await PlainRespawnAsync(engine, runs),
            ]));
            await Console.Out.WriteLineAsync($"{sections[^2]}\n{sections[^1]}");
        }

        if (arguments.Text("output", string.Empty) is { Length: > 0 } output)
        {
            await File.WriteAllTextAsync(output, ResetReport.Page(sections));
        }

        return 0;
    }

    private static async Task<ResetMeasurement> ToBaselineAsync(
        BenchmarkEngine engine, string file, ResetStrategy strategy, string title, int runs)
    {
        await using var database = await CreateAsync(engine, file, new ResetOptions { Strategy = strategy });
        return await MeasureAsync(title, runs, database, Test, () => database.ResetAsync());
    }

    /// <summary>What is done without a baseline: Respawn empties the database, and the backup is imported again.</summary>
    private static async Task<ResetMeasurement> ReimportAsync(BenchmarkEngine engine, string file, int runs)
    {
        await using var database = await CreateAsync(engine, file, new ResetOptions { Strategy = ResetStrategy.Copy });
        return await MeasureAsync("Respawn and import again", runs, database, Test, async () =>
        {
            await database.ResetAsync(ResetTo.Empty);
            await database.ImportAsync(Backup.FromFile(file));
        });
    }

    private static async Task<ResetMeasurement> ToEmptyAsync(BenchmarkEngine engine, EmptyBy by, string title, int runs)
    {
        await using var database = await CreateManyAsync(engine, new ResetOptions { EmptyBy = by });
        return await MeasureAsync(title, runs, database, ManyTables.Test, () => database.ResetAsync(ResetTo.Empty));
    }

    private static async Task<ResetMeasurement> PlainRespawnAsync(BenchmarkEngine engine, int runs)
    {
        // Respawn finds no table of ours here, and on SQLite needs the table of counters that it deletes from.
        await using var database = await CreateManyAsync(engine, new ResetOptions { Strategy = ResetStrategy.Copy });
        await using var connection = await database.OpenConnectionAsync();
        var respawner = await Respawner.CreateAsync(connection, new RespawnerOptions
        {
            DbAdapter = engine.RespawnAdapter,
            SchemasToExclude = ["relocation_baseline"],
            WithReseed = true,
        });
        return await MeasureAsync("plain Respawn, prepared", runs, database, ManyTables.Test, () => respawner.ResetAsync(connection));
    }

    private static async Task<ResetMeasurement> MeasureAsync(
        string title, int runs, TestDatabase database, string test, Func<Task> reset)
    {
        await using var connection = await database.OpenConnectionAsync();
        var times = new List<double>();
        for (var run = -Math.Min(WarmingUp, 2 * runs); run < runs; run++)
        {
            await RunAsync(connection, test);
            var watch = Stopwatch.StartNew();
            await reset();
            if (run >= 0)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        return new ResetMeasurement(title, times);
    }

    private static Task<TestDatabase> CreateAsync(BenchmarkEngine engine, string file, ResetOptions reset) =>
        TestDatabase.CreateAsync(new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = engine.RelocationModel(),
            Schema = SchemaSource.From(async (connection, cancellationToken) =>
            {
                await using var context = new BenchmarkContext(engine.Options(connection));
                await RunAsync(connection, context.Database.GenerateCreateScript());
            }),
            Baseline = [Backup.FromFile(file)],
            Reset = reset,
        });

    private static Task<TestDatabase> CreateManyAsync(BenchmarkEngine engine, ResetOptions reset) =>
        TestDatabase.CreateAsync(new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = Testing.RelocationModel.Create("none", []),
            Schema = SchemaSource.From((connection, _) => RunAsync(connection, ManyTables.Schema(EmptyTables, engine.CountedKey))),
            Reset = reset,
        });

#pragma warning disable CA2100 // The text is this program's own.
    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
#pragma warning restore CA2100
}
