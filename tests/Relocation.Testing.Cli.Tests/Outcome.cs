using System.Text.Json;

namespace Relocation.Testing.Cli.Tests;

/// <summary>How a run of the tool ended, with <c>\n</c> as line ends.</summary>
public sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it is.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>Demands an exit code and shows everything where it is another.</summary>
    public Outcome With(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode}, not {exitCode}.\n--- output\n{Output}\n--- error\n{Error}");
        return this;
    }
}
