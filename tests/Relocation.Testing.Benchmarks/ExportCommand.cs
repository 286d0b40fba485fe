using System.Diagnostics;
using System.Globalization;
using System.Text;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Measuring;
using Relocation.Testing.Benchmarks.Rivals;

namespace Relocation.Testing.Benchmarks;

/// <summary>Measures exports against a loop that reads the same rows and writes their values, in turns, and checks that both wrote the same.</summary>
internal static class ExportCommand
{
    internal static async Task<int> RunAsync(Arguments arguments)
    {
        var (runs, records) = (arguments.Number("runs", 7), arguments.Number("records", 100_000));
        var sections = new List<string>();
        foreach (var name in arguments.List("engine", "sqlite"))
        {
            sections.Add(await MeasureAsync(BenchmarkEngine.Of(name), records, runs));
            await Console.Out.WriteLineAsync(sections[^1]);
        }

        if (arguments.Text("output", string.Empty) is { Length: > 0 } output)
        {
            await File.WriteAllTextAsync(output, Page(sections));
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(BenchmarkEngine engine, int records, int runs)
    {
        await using var backups = new BenchmarkBackups(engine);
        var file = await backups.WriteAsync(records);
        await backups.FillHalfAsync(0);
        var target = await backups.TargetAsync("export");
        await new BareRival().ImportAsync(engine, target, file);
        var exporter = new BackupExporter(engine.RelocationModel(), engine.Engine, new ExportOptions { Indentation = 0 });
        var (ours, bare) = (new List<(double Wall, long Allocated)>(), new List<(double Wall, long Allocated)>());
        var lengths = new HashSet<long>();
        await using var connection = engine.CreateConnection(target);
        await connection.OpenAsync();

        // The first turn of each warms both up and is not counted.
        for (var run = 0; run <= runs; run++)
        {
            var mine = await TimeAsync(async stream => await exporter.ExportAsync(connection, BackupDestination.ToStream(stream)), lengths);
            var theirs = await TimeAsync(stream => BareExport.RunAsync(connection, stream), null);
            if (run > 0)
            {
                ours.Add(mine);
                bare.Add(theirs);
            }
        }

        if (lengths.Count != 1)
        {
            throw new InvalidOperationException($"Exports of the same rows had {lengths.Count} lengths.");
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {await engine.VersionAsync(target)}, {records:N0} records, {lengths.Single() / 1048576.0:0} MB, {runs} runs\n\n");
        text.Append("| | wall | ratio | allocated a record |\n|---|--:|--:|--:|\n");
        Append(text, "export", ours, bare, records);
        Append(text, "bare reader", bare, bare, records);
        return text.ToString();
    }

    private static void Append(
        StringBuilder text, string name, List<(double Wall, long Allocated)> own, List<(double Wall, long Allocated)> bare, int records) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"| {name} | {ImportReport.Median(own.Select(run => run.Wall)):0} ms | {ImportReport.Median(own.Zip(bare, (mine, other) => mine.Wall / other.Wall)):0.00} "
                + $"| {ImportReport.Median(own.Select(run => run.Allocated / (double)records)):0} B |\n");

    private static async Task<(double Wall, long Allocated)> TimeAsync(Func<Stream, Task> export, HashSet<long>? lengths)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            GC.Collect();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var watch = Stopwatch.StartNew();
            await export(stream);
            await stream.FlushAsync();
            var wall = watch.Elapsed.TotalMilliseconds;
            lengths?.Add(stream.Length);
            return (wall, GC.GetTotalAllocatedBytes(precise: true) - allocated);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Page(IEnumerable<string> sections) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # Export

        24 related models, exported to a file, against a loop over the same queries with a DbDataReader that reads each value in its type and writes it
        as JSON to a file: no model, no references, no dates in another form than the driver's. Both in one process, warm, in turns; medians
        of the runs, and of each run's ratio. Written by
        `dotnet run -c Release --project tests/Relocation.Testing.Benchmarks -- export --engine sqlite,postgresql --output FILE`.

        Machine: {Machine.Description}.

        {string.Join('\n', sections)}
        """);
}
