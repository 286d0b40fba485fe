using System.Globalization;
using System.Text;
using Relocation.Testing.Benchmarks.Measuring;
using Relocation.Testing.Benchmarks.Rivals;

namespace Relocation.Testing.Benchmarks;

/// <summary>Renders measurements as Markdown: medians, and the median of the ratios of each run.</summary>
internal static class ImportReport
{
    internal static string Page(IEnumerable<string> sections) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # Import into a half-filled database

        24 related models, 51 references, 56 indexes; all start from the same file, all with the same foreign keys and indexes,
        enforced; equal content checked afterwards. Each run is a fresh process: the EF model is built, then its first import is cold, the median of those that
        follow is warm. Medians over the runs; ratios are medians of each run's ratio to the first line. CPU is the importing
        process's own: for PostgreSQL the wall is the figure. The peak is that of the cold import, allocations are those of the warm ones. A record's own
        share of them is the slope between the two largest imports; what that leaves of the smaller one is allocated whatever the size. Written by
        `dotnet run -c Release --project tests/Relocation.Testing.Benchmarks -- import --engine sqlite,postgresql --records
        1000,10000,100000 --output FILE`.

        Machine: {Machine.Description}.

        {string.Join('\n', sections)}
        """);

    internal static string Section(
        string database, long records, long bytes, List<Rival> rivals, Dictionary<Rival, List<IReadOnlyList<Measurement>>> measurements)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {database}, {records:N0} records of {bytes} bytes, {measurements[rivals[0]].Count} runs\n\n");
        text.Append("| | cold | ratio | warm | ratio | warm CPU | ratio | peak | allocated a record |\n");
        text.Append("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var rival in rivals)
        {
            var own = measurements[rival];
            var first = measurements[rivals[0]];
            text.Append(CultureInfo.InvariantCulture, $"| {rival.Title} ");
            Append(text, own, first, Cold);
            Append(text, own, first, run => Warm(run, import => import.WallMilliseconds));
            Append(text, own, first, run => Warm(run, import => import.CpuMilliseconds));
            text.Append(CultureInfo.InvariantCulture, $"| {Median(own.Select(run => run[0].PeakBytes / 1048576.0)):0} MB ");
            text.Append(CultureInfo.InvariantCulture, $"| {AllocatedBytes(own) / records:0} B |\n");
        }

        return text.ToString();
    }

    /// <summary>What a warm import allocates.</summary>
    internal static double AllocatedBytes(List<IReadOnlyList<Measurement>> runs) => Median(runs.Select(run => Warm(run, import => import.AllocatedBytes)));

    /// <summary>
    /// Tells apart what each record allocates and what an import does whatever its size: the slope between the two largest imports, and
    /// what that leaves of the smaller one.
    /// </summary>
    internal static string AllocationSection(string engine, List<Rival> rivals, List<(long Records, IReadOnlyList<double> Bytes)> allocations)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## Bytes allocated, {engine}\n\n| | ");
        text.AppendJoin(" | ", allocations.Select(size => string.Create(CultureInfo.InvariantCulture, $"a record of {size.Records:N0}")));
        text.Append(" | a record's own share | an import, beyond |\n|---|");
        text.Insert(text.Length, "--:|", allocations.Count + 2).Append('\n');
        var (smaller, larger) = (allocations[^2], allocations[^1]);
        for (var rival = 0; rival < rivals.Count; rival++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {rivals[rival].Title} | ");
            text.AppendJoin(" | ", allocations.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size.Bytes[rival] / size.Records:0} B")));
            var share = (larger.Bytes[rival] - smaller.Bytes[rival]) / (larger.Records - smaller.Records);
            text.Append(CultureInfo.InvariantCulture, $" | {share:0} B | {(smaller.Bytes[rival] - (share * smaller.Records)) / 1024:0} KB |\n");
        }

        return text.ToString();
    }

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static double Cold(IReadOnlyList<Measurement> run) => run[0].WallMilliseconds;

    private static double Warm(IReadOnlyList<Measurement> run, Func<Measurement, double> part) =>
        Median(run.Skip(run.Count > 1 ? 1 : 0).Select(part));

    private static void Append(
        StringBuilder text, List<IReadOnlyList<Measurement>> own, List<IReadOnlyList<Measurement>> first, Func<IReadOnlyList<Measurement>, double> part)
    {
        var ratio = Median(own.Zip(first, (mine, other) => part(mine) / part(other)));
        text.Append(CultureInfo.InvariantCulture, $"| {Median(own.Select(part)):0} ms | {ratio:0.00} ");
    }
}
