using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>A report of VSTest, told as the other runners tell it, so that one reader understands both.</summary>
internal static class VSTestReport
{
    private static readonly XNamespace Space = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The run with its tests, or as it is if it ended without a report.</summary>
    /// <param name="run">The exit code, and what was said beside the tests.</param>
    /// <param name="path">The report.</param>
    internal static TestRun Read(TestRun run, string path)
    {
        if (!File.Exists(path))
        {
            return run;
        }

        var report = XDocument.Load(path);
        var text = new StringBuilder();
        foreach (var result in report.Descendants(Space + "UnitTestResult"))
        {
            text.Append(Outcome(result)).Append(' ').Append(result.Attribute("testName")!.Value).AppendLine(" (0ms)");
            foreach (var part in new[] { "Message", "StackTrace", "StdOut" }.SelectMany(name => result.Descendants(Space + name)))
            {
                text.Append("  ").AppendLine(part.Value.ReplaceLineEndings($"{Environment.NewLine}  "));
            }
        }

        foreach (var outcome in new[] { "failed", "succeeded", "skipped" })
        {
            var word = outcome == "succeeded" ? "passed" : outcome;
            text.AppendLine(CultureInfo.InvariantCulture, $"  {outcome}: {report.Descendants(Space + "UnitTestResult").Count(result => Outcome(result) == word)}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"  total: {report.Descendants(Space + "UnitTestResult").Count()}");
        return new TestRun(run.ExitCode, text.AppendLine("  In process file artifacts").Append(run.Output).ToString());
    }

    private static string Outcome(XElement result) => result.Attribute("outcome")!.Value switch
    {
        "Passed" => "passed",
        "NotExecuted" => "skipped",
        _ => "failed",
    };
}
