using System.Text.RegularExpressions;

namespace Relocation.Testing.Cli.Tests;

/// <summary>What the readme shows of the tool is what the tool does.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task Session_of_the_readme_is_real()
    {
        using var workplace = new Workplace();
        var readme = await File.ReadAllTextAsync(
            Workplace.RepositoryFile("src/Relocation.Testing.Cli/README.md"), TestContext.Current.CancellationToken);
        var session = Regex.Match(readme.ReplaceLineEndings("\n"), "```console\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
        var steps = session.Split("$ relocation ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, steps.Length);
        foreach (var step in steps)
        {
            var lines = step.TrimEnd().Split('\n', 2);
            var arguments = lines[0].Replace("Shop.dll", Workplace.ShopAssembly, StringComparison.Ordinal).Split(' ');

            var outcome = await workplace.RunAsync(null, arguments, Workplace.RepositoryFile("."));

            // A line of three dots stands for any lines.
            var pattern = Regex.Escape(lines[1]).Replace(@"\n\.\.\.\n", @"\n(?:.*\n)*?", StringComparison.Ordinal);
            Assert.Matches($"^{pattern}\n$", outcome.Output + outcome.Error);
        }
    }
}
