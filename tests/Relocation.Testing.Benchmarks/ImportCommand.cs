using System.Diagnostics;
using System.Globalization;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Measuring;
using Relocation.Testing.Benchmarks.Rivals;

namespace Relocation.Testing.Benchmarks;

/// <summary>Measures imports by all rivals, in turns, and checks that all of them leave the same content.</summary>
internal static class ImportCommand
{
    internal static async Task<int> RunAsync(Arguments arguments)
    {
        var rivals = arguments.List("rivals", string.Join(',', Rival.All.Select(rival => rival.Name)))
            .Select(name => Rival.All.FirstOrDefault(rival => rival.Name == name)
                ?? throw new UsageException($"'{name}' is no rival. There are: {string.Join(", ", Rival.All.Select(rival => rival.Name))}."))
            .ToList();
        var (runs, warm) = (arguments.Number("runs", 5), arguments.Number("warm", 2));
        var sections = new List<string>();
        var isWritten = false;
        foreach (var name in arguments.List("engine", "sqlite"))
        {
            var engine = BenchmarkEngine.Of(name);
            var allocations = new List<(long Records, IReadOnlyList<double> Bytes)>();
            foreach (var records in arguments.List("records", "100000").Select(text => long.Parse(text, CultureInfo.InvariantCulture)))
            {
                var (section, bytes) = await MeasureAsync(engine, rivals, records, runs, warm);
                sections.Add(section);
                allocations.Add((records, bytes));
                await Console.Out.WriteLineAsync(section);
                isWritten = true;
            }

            if (allocations.Count > 1)
            {
                sections.Add(ImportReport.AllocationSection(engine.Name, rivals, allocations));
                await Console.Out.WriteLineAsync(sections[^1]);
            }
        }

        if (isWritten && arguments.Text("output", string.Empty) is { Length: > 0 } output)
        {
            await File.WriteAllTextAsync(output, ImportReport.Page(sections));
        }

        return 0;
    }

    private static async Task<(string Section, IReadOnlyList<double> AllocatedBytes)> MeasureAsync(BenchmarkEngine engine, List<Rival> rivals, long records, int runs, int warm)
    {
        await using var backups = new BenchmarkBackups(engine);
        var watch = Stopwatch.StartNew();
        var file = await backups.WriteAsync(records);
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine.Name}: {records} records, {new FileInfo(file).Length / records} bytes each, generated in {watch.Elapsed.TotalSeconds:0.0} s."));
        await backups.FillHalfAsync(records / 2);
        await CheckThatHashSeesReferencesAsync(engine, backups);
        var measurements = rivals.ToDictionary(rival => rival, _ => new List<IReadOnlyList<Measurement>>());
        string? content = null;
        for (var run = 0; run < runs; run++)
        {
            for (var turn = 0; turn < rivals.Count; turn++)
            {
                // Each run starts with another rival, so that none always follows the same one.
                var rival = rivals[(run + turn) % rivals.Count];
                var targets = new List<string>();
                for (var import = 0; import <= warm; import++)
                {
                    targets.Add(await backups.TargetAsync($"{rival.Name}_{run}_{import}"));
                }

                measurements[rival].Add(await ImportProcess.RunAsync(engine, rival, file, targets));
                foreach (var target in targets)
                {
                    var found = await ContentHash.OfAsync(engine, target);
                    content ??= found;
                    CheckEqual(rival, content, found);
                    await backups.DropAsync(target);
                }

                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  run {run + 1}: {rival.Title}: {string.Join(", ", measurements[rival][^1].Select(import => $"{import.WallMilliseconds:0} ms"))}"));
            }
        }

        var version = await engine.VersionAsync(await backups.TargetAsync("version"));
        return (
            ImportReport.Section(version, records, new FileInfo(file).Length / records, rivals, measurements),
            [.. rivals.Select(rival => ImportReport.AllocatedBytes(measurements[rival]))]);
    }

    /// <summary>A hash that misses a reference to the wrong record would call anything equal.</summary>
    private static async Task CheckThatHashSeesReferencesAsync(BenchmarkEngine engine, BenchmarkBackups backups)
    {
        var target = await backups.TargetAsync("repointed");
        var before = await ContentHash.OfAsync(engine, target);
        await using (var connection = engine.CreateConnection(target))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                UPDATE "Comments" SET "IssueId" = (SELECT min(issue."Id") FROM "Issues" issue WHERE issue."Id" <> "Comments"."IssueId")
                WHERE "Id" = (SELECT max("Id") FROM "Comments")
                """;
            await command.ExecuteNonQueryAsync();
        }

        if (await ContentHash.OfAsync(engine, target) == before)
        {
            throw new InvalidOperationException("The content hash does not see that a reference leads to another record.");
        }

        await backups.DropAsync(target);
    }

    private static void CheckEqual(Rival rival, string expected, string found)
    {
        var differing = expected.Split('\n').Zip(found.Split('\n')).Where(pair => pair.First != pair.Second).ToList();
        if (differing.Count > 0)
        {
            throw new InvalidOperationException(
                $"'{rival.Name}' leaves other content than '{differing[0].First}': '{differing[0].Second}', and {differing.Count} tables differ.");
        }
    }
}
