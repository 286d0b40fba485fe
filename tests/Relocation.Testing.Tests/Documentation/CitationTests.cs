using System.Reflection;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Documentation;

/// <summary>What comments and pages refer to is in the repository.</summary>
public sealed class CitationTests
{
    private static readonly string[] Folders = ["src", "tests", "eng"];
    private static readonly string[] Endings = [".cs", ".py", ".sh"];

    private static readonly Dictionary<string, Page> Pages = Directory.EnumerateFiles(Repository.Root, "*.md")
        .Concat(new[] { "docs", "src", "tests", "fixtures", "findings", "eng" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)))
        .Where(IsOurs)
        .ToDictionary(PathOf, file => Page.Read(File.ReadAllText(file)));

    [Fact]
    public void Comments_cite_sections_that_exist()
    {
        var missing = Folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Endings.Contains(Path.GetExtension(file)) && IsOurs(file) && !file.EndsWith("CitationTests.cs", StringComparison.Ordinal)
                && !file.EndsWith("Citations.cs", StringComparison.Ordinal))
            .SelectMany(file => Citations.Missing(File.ReadAllText(file), Pages).Select(citation => $"{PathOf(file)}: {citation}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void Tests_stand_for_sections_that_exist()
    {
        var sections = typeof(CitationTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<ParityAttribute>())
            .Select(parity => parity.Section)
            .Where(section => char.IsAsciiDigit(section[0]));

        Assert.Empty(sections.Select(section => section.Split(' ')[0]).Except(Pages["docs/sentry-import.md"].Sections));
    }

    [Fact]
    public void Links_of_pages_lead_to_files_and_headings()
    {
        var missing = new List<string>();
        foreach (var (path, page) in Pages)
        {
            foreach (var link in Snippets.AllLinks(File.ReadAllText(Path.Combine(Repository.Root, path))))
            {
                var parts = link.Split('#');
                var target = parts[0].Length == 0 ? path
                    : PathOf(Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, parts[0])));
                var isThere = parts.Length == 1 ? Path.Exists(Path.Combine(Repository.Root, target))
                    : Pages.TryGetValue(target, out var other) && other.Anchors.Contains(parts[1]);
                if (!isThere)
                {
                    missing.Add($"{path}: {link}");
                }
            }
        }

        Assert.Empty(missing);
    }

    /// <summary>The page shows where a stranger begins to read, and so has to follow when something is renamed.</summary>
    [Fact]
    public void Types_on_the_way_of_a_key_exist()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        var way = page.Split("\n## ").Single(part => part.StartsWith("The way of a record's key", StringComparison.Ordinal));
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(IsOurs).Select(Path.GetFileNameWithoutExtension).ToHashSet();

        var names = way.Split('`').Where((_, part) => part % 2 == 1).ToList();

        Assert.NotEmpty(names);
        Assert.Empty(names.Except(sources));
    }

    [Theory]
    [InlineData("/// It is so (docs/a.md, section 1.3).", "docs/a.md, section 1.3")]
    [InlineData("/// It is so (docs/a.md, sections 1.2 and 9).", "docs/a.md, section 9")]
    [InlineData("/// It is so (docs/a.md,\n    /// section 7).", "docs/a.md, section 7")]
    [InlineData("/// It is so (docs/a.md, What never was).", "docs/a.md, What never was")]
    [InlineData("// See <c>docs/b.md</c>.", "docs/b.md</c>")]
    [InlineData("/// It is so (import specification, section 1.2).", "import specification")]
    [InlineData("/// It is so (specification, 6.2).", "specification, 6")]
    [InlineData("/// It is so (addendum, E-5).", "addendum,")]
    public void Citation_that_leads_nowhere_is_found(string comment, string missing) => Assert.Equal([missing], MissingOf(comment));

    [Theory]
    [InlineData("/// It is so (docs/a.md, section 1.2): yes.")]
    [InlineData("/// It is so (docs/a.md, sections 1 and 1.2, steps 1 to 5).")]
    [InlineData("/// It is so (docs/a.md,\n    /// What is, and why), and see <c>docs/a.md</c>.")]
    public void Citation_of_what_exists_is_fine(string comment) => Assert.Empty(MissingOf(comment));

    private static IReadOnlyList<string> MissingOf(string comment) => Citations.Missing(
        comment, new Dictionary<string, Page> { ["docs/a.md"] = Page.Read("# A page\n\n## 1 First\n\n### 1.2 More\n\n## What is, and why\n") });

    private static string PathOf(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    private static bool IsOurs(string file) => !PathOf(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules");
}
