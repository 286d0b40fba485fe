using System.Diagnostics;
using System.Globalization;
using System.Text;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Benchmarks;

/// <summary>Measures what Sentry's rules cost a record, beside the same records imported plainly, and chunk by chunk.</summary>
internal static class RulesCommand
{
    private static readonly CompositeFormat Line = CompositeFormat.Parse("| {0} | {1:0.0} µs | {2:0.00} | {3} | {4} |\n");

    private const string Plain = "plain";
    private const string Rules = "rules";

    internal static async Task<int> RunAsync(Arguments arguments)
    {
        var (records, runs) = (arguments.Number("records", 100_000), arguments.Number("runs", 3));
        var json = await File.ReadAllTextAsync(arguments.Text("backup", "../shared/data/sentry/releases/test_at_24_5_1.json"));
        var page = new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            # Sentry's rules beside the plain path

            The largest real snapshot, multiplied to about {records:N0} records with fresh keys and names, into an empty database, all scopes. Best of {runs} runs in
            one warm process; commands are those that carry no rows. Written by
            `dotnet run -c Release --project tests/Relocation.Testing.Benchmarks -- rules --engine sqlite,postgresql --output FILE`.

            """);
        var file = Path.GetTempFileName();
        try
        {
            foreach (var name in arguments.List("engine", "sqlite"))
            {
                var section = await MeasureAsync(BenchmarkEngine.Of(name), json, file, records, runs, arguments.List("ways", $"{Plain},{Rules},rules chunk by chunk"));
                await Console.Out.WriteLineAsync(section);
                page.Append(section);
            }
        }
        finally
        {
            File.Delete(file);
        }

        if (arguments.Text("output", string.Empty) is { Length: > 0 } output)
        {
            await File.WriteAllTextAsync(output, page.ToString());
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(BenchmarkEngine engine, string json, string file, int records, int runs, IReadOnlyList<string> ways)
    {
        var model = SentryModel.CreateForImport(engine.Engine);
        var times = records / System.Text.Json.Nodes.JsonNode.Parse(json)!.AsArray().Count;
        await using (var stream = File.Create(file))
        {
            MultipliedBackup.Write(json, model, times, stream);
        }

        var plain = new BackupImporter(
            model, engine.Engine, new ImportOptions { Scope = SentryScopes.Global, UnresolvedReferences = UnresolvedReferencePolicy.Drop });
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"\n## {engine.Name}\n\n| | a record | ratio | records | commands |\n|---|--:|--:|--:|--:|\n");
        var best = ways.ToDictionary(way => way, _ => (Time: double.MaxValue, Records: 0L, Commands: 0));

        // The ways take turns, so that each finds the process as warm as the others do, and the machine about as busy.
        for (var run = -1; run < runs; run++)
        {
            foreach (var way in ways)
            {
                var measured = await RunAsync(engine, model, plain, way, file);
                best[way] = run < 0 || measured.Time < best[way].Time ? measured : best[way];
            }
        }

        foreach (var way in ways)
        {
            var (time, imported, commands) = best[way];
            text.Append(string.Format(
                CultureInfo.InvariantCulture, Line, way, time, time / best[ways[0]].Time, imported, way == Plain ? "" : commands));
        }

        return text.ToString();
    }

    private static async Task<(double Time, long Records, int Commands)> RunAsync(
        BenchmarkEngine engine, RelocationModel model, BackupImporter plain, string way, string file)
    {
        var stop = ImportStop.Never();
        await using var database = await TestDatabase.CreateAsync(new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = model,
            Schema = SchemaSource.FromModel,
            Reset = new ResetOptions { Strategy = ResetStrategy.Copy },
        });
        await using var connection = await database.OpenConnectionAsync();
        var watch = Stopwatch.StartNew();
        var result = way == Plain
            ? await plain.ImportAsync(connection, Backup.FromFile(file))
            : (await new SentryImport(engine.Engine, Options(way, stop)).ImportInGlobalScopeAsync(connection, Backup.FromFile(file))).Records;
        var elapsed = watch.Elapsed.TotalMicroseconds / result.RecordCount;
        return (elapsed, result.Map.Count, stop.Statements - stop.RowStatements);
    }

    private static SentryImportOptions Options(string way, ImportStop stop) => new()
    {
        Stop = stop,
        IsResumable = way != Rules,
        Flags = new SentryImportFlags { ImportUuid = Guid.NewGuid() },
    };
}
