using Xunit;

namespace Relocation.Testing.Tests.Documentation;

/// <summary>What the page about events lists is what the code does.</summary>
public sealed class EventDocumentTests
{
    [Fact]
    public void Page_lists_what_is_left_out_with_its_reasons()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "events.md"));
        var listed = page.SkipWhile(line => line != "## What is left out").Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(EventWriter.LeftOut.Select(feature => $"| `{feature.Name}` | {feature.Reason} |"), listed);
    }
}
