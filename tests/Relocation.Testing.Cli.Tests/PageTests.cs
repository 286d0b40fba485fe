using System.CommandLine;
using System.Text.RegularExpressions;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Tests;

/// <summary>Pages name commands and options that the tool has.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages =>
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "llms.txt" }
            .Concat(Files("docs"))
            .Concat(Directory.EnumerateDirectories(Workplace.RepositoryFile("src"), "Relocation.Testing*")
                .SelectMany(folder => Files($"src/{Path.GetFileName(folder)}"))),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_of_a_page_exist(string page)
    {
        using var terminal = Terminal.OfProcess();
        var root = Tool.CreateRoot(terminal);
        var unknown = Commands().Matches(File.ReadAllText(Workplace.RepositoryFile(page)))
            .SelectMany(match => Unknown(root, match.Groups["line"].Value).Where(found => match.Groups["code"].Success || found.Contains("--", StringComparison.Ordinal)));

        Assert.Empty(unknown);
    }

    [Fact]
    public void An_unknown_option_and_an_unknown_command_are_found()
    {
        using var terminal = Terminal.OfProcess();
        var root = Tool.CreateRoot(terminal);

        Assert.Equal(["import --jsn"], Unknown(root, "import a.json --jsn --database=x"));
        Assert.Equal(["imprt"], Unknown(root, "imprt a.json --json"));
        Assert.Equal(["snapshot accept --folders"], Unknown(root, "snapshot accept A --folders x"));
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Workplace.RepositoryFile(folder), "*.md")
        .Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Unknown(Command root, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var command = root;
        var depth = 0;
        while (depth < words.Length && command.Subcommands.FirstOrDefault(sub => sub.Name == words[depth]) is { } next)
        {
            command = next;
            depth++;
        }

        if (depth == 0 && words.Length > 0 && char.IsAsciiLetterLower(words[0][0]))
        {
            return [words[0]];
        }

        var known = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help").Append("--version").ToHashSet();
        var name = string.Join(' ', words.Take(depth));
        return words.Select(word => Option().Match(word)).Where(match => match.Success && !known.Contains(match.Value)).Select(match => $"{name} {match.Value}");
    }

    /// <summary>What stands behind the tool's name, up to the end of the code or to what a shell does next; at the start of a line it may be prose.</summary>
    [GeneratedRegex(@"(?:(?<code>`)|^ *(?:\$ )?|&& )relocation (?<line>[^`\n|&>#]+)", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex("^--[a-z][a-z-]*")]
    private static partial Regex Option();
}
