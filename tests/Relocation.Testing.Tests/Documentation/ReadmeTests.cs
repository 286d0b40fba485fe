using Relocation.Testing.Tests.Sentry;
using Xunit;

namespace Relocation.Testing.Tests.Documentation;

/// <summary>What readmes show is compiled and run: every C# block is a part of the sample tests.</summary>
public sealed class ReadmeTests
{
    public static TheoryData<string> Readmes =>
    [
        .. Directory.EnumerateFiles(RepositoryFiles.Root, "README.md")
            .Concat(Directory.EnumerateDirectories(Path.Combine(RepositoryFiles.Root, "src"))
                .SelectMany(folder => Directory.EnumerateFiles(folder, "README.md")))
            .Select(file => Path.GetRelativePath(RepositoryFiles.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Readme_shows_parts_of_the_samples(string readme)
    {
        var snippets = Snippets.Read(Samples().Select(File.ReadAllText));

        foreach (var (name, code) in Snippets.Blocks(File.ReadAllText(Path.Combine(RepositoryFiles.Root, readme))))
        {
            Assert.True(name is not null, $"A C# block of '{readme}' has no '<!-- snippet: name -->' before it:\n{code}");
            Assert.True(snippets.ContainsKey(name), $"'{readme}' shows the snippet '{name}', which no sample has.");
            Assert.Equal(snippets[name], code);
        }
    }

    [Fact]
    public void Packages_for_frameworks_show_how_a_test_looks()
    {
        Assert.Contains("src/Relocation.Testing.NUnit/README.md", Readmes.Select(row => row.Data));
        Assert.Contains("src/Relocation.Testing.XunitV3/README.md", Readmes.Select(row => row.Data));
    }

    [Fact]
    public void Snippet_is_found_without_its_indentation()
    {
        var snippets = Snippets.Read(["class A\n{\n    // begin-snippet: one\n    void B()\n    {\n    }\n\n    // end-snippet\n}\n"]);

        Assert.Equal("void B()\n{\n}", Assert.Single(snippets).Value);
    }

    [Fact]
    public void Block_is_found_with_and_without_its_marker()
    {
        var blocks = Snippets.Blocks("text\n<!-- snippet: one -->\n```csharp\nA();\n```\n\n```csharp\nB();\n```\n```sh\nC\n```\n");

        Assert.Equal([("one", "A();"), (null, "B();")], blocks);
    }

    [Theory]
    [InlineData("// begin-snippet: one\n")]
    [InlineData("// end-snippet\n")]
    [InlineData("// begin-snippet: one\n// begin-snippet: two\n// end-snippet\n")]
    [InlineData("// begin-snippet: one\n// end-snippet\n// begin-snippet: one\n// end-snippet\n")]
    public void Snippet_that_is_not_marked_well_is_refused(string source) =>
        Assert.Throws<FormatException>(() => Snippets.Read([source]));

    private static IEnumerable<string> Samples() =>
        Directory.EnumerateDirectories(Path.Combine(RepositoryFiles.Root, "tests"), "Relocation.Testing.Samples.*")
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs"));
}
