using System.Globalization;
using System.Text;
using Relocation.Testing.Benchmarks.Measuring;

namespace Relocation.Testing.Benchmarks;

/// <summary>Renders the times of resets as Markdown: medians, and their ratios to the first line.</summary>
internal static class ResetReport
{
    internal static string Page(IEnumerable<string> sections) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # Resets after a test that touched 20 rows in 3 tables

        The benchmark's 24 models for resets to the baseline, a chain of small tables for resets to empty. The test writes through
        a connection of its own, which stays open. Medians; ratios are those of the medians to the first line. Written by `dotnet run -c Release --project
        tests/Relocation.Testing.Benchmarks -- reset --engine sqlite,postgresql --output FILE`.

        Machine: {Machine.Description}.

        {string.Join('\n', sections)}
        """);

    internal static string Section(string title, List<ResetMeasurement> measured)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| | median | ratio | fastest | slowest | runs |\n|---|--:|--:|--:|--:|--:|\n");
        var first = ImportReport.Median(measured[0].Milliseconds);
        foreach (var one in measured)
        {
            var median = ImportReport.Median(one.Milliseconds);
            text.Append(CultureInfo.InvariantCulture, $"| {one.Title} | {median:0.000} ms | {median / first:0.0} ");
            text.Append(CultureInfo.InvariantCulture, $"| {one.Milliseconds.Min():0.000} ms | {one.Milliseconds.Max():0.000} ms | {one.Milliseconds.Count} |\n");
        }

        return text.ToString();
    }
}
