using System.Text.RegularExpressions;

namespace Relocation.Testing.Cli.Tests;

/// <summary>What the readmes show of the tool is what the tool does.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("README.md", 3)]
    [InlineData("src/Relocation.Testing.Cli/README.md", 4)]
    public async Task Session_of_a_readme_is_real(string page, int commands)
    {
        using var workplace = new Workplace();
        foreach (var folder in (string[])["fixtures/shop", "fixtures/invalid"])
        {
            Directory.CreateDirectory(workplace.PathOf(folder));
            foreach (var file in Directory.EnumerateFiles(Workplace.RepositoryFile(folder), "*.json"))
            {
                File.Copy(file, Path.Combine(workplace.PathOf(folder), Path.GetFileName(file)));
            }
        }

        var readme = await File.ReadAllTextAsync(Workplace.RepositoryFile(page), TestContext.Current.CancellationToken);
        var session = Regex.Match(readme.ReplaceLineEndings("\n"), "```console\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
        var steps = session.Split("$ relocation ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(commands, steps.Length);
        foreach (var step in steps)
        {
            var lines = step.TrimEnd().Split('\n', 2);
            var arguments = lines[0].Replace("Shop.dll", Workplace.ShopAssembly, StringComparison.Ordinal).Split(' ');

            var outcome = await workplace.RunAsync(null, arguments);

            // A line of three dots stands for any lines.
            var pattern = Regex.Escape($"\n{lines[1]}\n").Replace(@"\n\.\.\.\n", @"\n(?:.*\n)*?", StringComparison.Ordinal);
            Assert.Matches($"^{pattern}$", "\n" + (outcome.Output + outcome.Error).Replace(workplace.Folder, "~", StringComparison.Ordinal));
        }
    }
}
