using System.Text.RegularExpressions;

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>What a test program said.</summary>
internal sealed partial class TestRun(int exitCode, string output)
{
    internal int ExitCode => exitCode;

    internal string Output => output;

    /// <summary>This run and another one as one.</summary>
    internal TestRun And(TestRun other) => new(Math.Max(exitCode, other.ExitCode), $"{output}{Environment.NewLine}{other.Output}");

    /// <summary>How many tests ended so: <c>total</c>, <c>failed</c>, <c>succeeded</c> or <c>skipped</c>.</summary>
    internal int Count(string what)
    {
        var sums = Regex.Matches(output, $@"^\s+{what}: (\d+)\s*$", RegexOptions.Multiline);
        Assert.NotEmpty(sums);
        return sums.Sum(sum => int.Parse(sum.Groups[1].ValueSpan, provider: null));
    }

    /// <summary>The outcome of a test and everything that was said about it.</summary>
    /// <param name="method">The test's method.</param>
    /// <param name="arguments">What its name shows in parentheses, or null for the first one of the method.</param>
    internal (string Outcome, string Text) Test(string method, string? arguments = null)
    {
        foreach (var block in BlockStart().Split(output))
        {
            var match = TestLine().Match(block);
            if (match.Success
                && match.Groups["method"].Value == method
                && (arguments is null || match.Groups["arguments"].Value.TrimStart() == $"({arguments})"))
            {
                return (match.Groups["outcome"].Value, block);
            }
        }

        Assert.Fail($"'{method}' was not run:\n{output}");
        return default;
    }

    /// <summary>The tests of a method in the order of their names, as <c>outcome (arguments)</c>.</summary>
    internal string[] Tests(string method) =>
        [.. BlockStart().Split(output).Select(block => TestLine().Match(block))
            .Where(match => match.Success && match.Groups["method"].Value == method)
            .Select(match => $"{match.Groups["outcome"].Value} {match.Groups["arguments"].Value.TrimStart()}")
            .Order(StringComparer.Ordinal)];

    /// <summary>Whether the framework made known that a file belongs to a test.</summary>
    internal bool HasAttachment(string method, string file) =>
        output.Split('\n').Any(line =>
            line.TrimStart().StartsWith("- For test", StringComparison.Ordinal)
            && line.Contains(method, StringComparison.Ordinal)
            && line.TrimEnd().EndsWith(file, StringComparison.Ordinal));

    [GeneratedRegex(@"^(?=(?:failed|passed|skipped) )|^(?=  In process file artifacts)", RegexOptions.Multiline)]
    private static partial Regex BlockStart();

    [GeneratedRegex(@"^(?<outcome>failed|passed|skipped) (?:\((?:canceled|try \d+)\) )?(?:[\w.]+\.)?(?<method>\w+)(?<arguments> ?\(.*\))? \([^)]*\)\r?$",
        RegexOptions.Multiline)]
    private static partial Regex TestLine();
}
