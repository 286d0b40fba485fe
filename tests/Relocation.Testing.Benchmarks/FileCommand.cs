using System.Globalization;
using System.Text;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Measuring;

namespace Relocation.Testing.Benchmarks;

/// <summary>Shows that comparing, sanitising and auditing take time and memory in proportion to the number of records.</summary>
internal static class FileCommand
{
    internal static async Task<int> RunAsync(IReadOnlyList<string> works, Arguments arguments)
    {
        var report = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"# {string.Join(", ", works)}\n\n24 related models; warm, each in a process of its own. ")
            .Append(CultureInfo.InvariantCulture, $"Machine: {Machine.Description}.\n\n")
            .Append("| work | records | file | time a record | processor time a record | allocated a record | peak working set |\n")
            .Append("|---|--:|--:|--:|--:|--:|--:|\n");
        await using var backups = new BenchmarkBackups(BenchmarkEngine.Of("sqlite"));
        foreach (var records in arguments.List("records", "10000,100000").Select(text => long.Parse(text, CultureInfo.InvariantCulture)))
        {
            var file = await backups.WriteAsync(records);
            var sanitized = file + ".sanitized";
            await FileWork.RunAsync("sanitize", file, sanitized);
            foreach (var work in works)
            {
                var other = work == "compare" ? file : sanitized;
                var warm = (await FileWork.RunAsync(work, file, other))[^1];
                report.Append(CultureInfo.InvariantCulture, $"| {work} | {records:N0} | {new FileInfo(file).Length / 1048576.0:0.0} MB ")
                    .Append(CultureInfo.InvariantCulture, $"| {warm.WallMilliseconds * 1000 / records:0.0} µs | {warm.CpuMilliseconds * 1000 / records:0.0} µs ")
                    .Append(CultureInfo.InvariantCulture, $"| {warm.AllocatedBytes / (double)records:0} B | {warm.PeakBytes / 1048576.0:0} MB |\n");
            }

            File.Delete(sanitized);
            File.Delete(file);
        }

        await Console.Out.WriteAsync(report.ToString());
        if (arguments.Text("output", string.Empty) is { Length: > 0 } output)
        {
            await File.WriteAllTextAsync(output, report.ToString());
        }

        return 0;
    }
}
