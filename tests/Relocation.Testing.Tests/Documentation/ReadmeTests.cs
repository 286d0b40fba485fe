using Relocation.Testing.Snapshots;
using Xunit;

namespace Relocation.Testing.Tests.Documentation;

/// <summary>What readmes show is compiled and run: every C# block is a part of the sample tests.</summary>
public sealed class ReadmeTests
{
    public static TheoryData<string> Readmes =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "README.md")
            .Concat(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"))
                .SelectMany(folder => Directory.EnumerateFiles(folder, "README.md")))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Readme_shows_parts_of_the_samples(string readme)
    {
        var snippets = Snippets.Read(Samples().Select(File.ReadAllText));

        foreach (var (name, code) in Snippets.Blocks(File.ReadAllText(Path.Combine(Repository.Root, readme))))
        {
            Assert.True(name is not null, $"A C# block of '{readme}' has no '<!-- snippet: name -->' before it:\n{code}");
            if (name.Contains('/', StringComparison.Ordinal))
            {
                Assert.Equal(Source(name), code);
                continue;
            }

            Assert.True(snippets.ContainsKey(name), $"'{readme}' shows the snippet '{name}', which no sample has.");
            Assert.Equal(snippets[name], code);
        }
    }

    [Fact]
    public void Every_package_has_a_page_and_the_readme_names_it()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "Relocation.Testing*"))
        {
            var page = $"src/{Path.GetFileName(folder)}/README.md";
            Assert.Contains(page, Readmes.Select(row => row.Data));
            Assert.Contains($"]({page})", readme, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Links_of_readmes_lead_to_files()
    {
        foreach (var readme in Readmes.Select(row => row.Data))
        {
            var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, readme))!;
            foreach (var target in Snippets.Links(File.ReadAllText(Path.Combine(Repository.Root, readme))))
            {
                Assert.True(Path.Exists(Path.Combine(folder, target)), $"'{readme}' links to '{target}', which is not there.");
            }
        }
    }

    /// <summary>The readme's backup is the walk-through's, and gives the readme's map; changed, it gives the readme's diff.</summary>
    [Fact]
    public async Task Readme_shows_the_map_and_the_diff_that_its_backup_gives()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var backup = Snippets.Fenced(readme, "json").First();
        var changed = backup.Replace("\"pk\": 41", "\"pk\": 43", StringComparison.Ordinal)
            .Replace("[\n", "[\n{\"model\": \"shop.customer\", \"pk\": 5, \"fields\": {\"name\": \"Bo\"}},\n", StringComparison.Ordinal);
        var texts = Snippets.Fenced(readme, "text").ToList();

        var approved = await MapOfAsync(backup);
        var received = await MapOfAsync(changed);

        Assert.Equal(Source("tests/WalkThrough/shop.json"), backup);
        Assert.Equal(approved.ToSnapshot(), texts[0]);
        Assert.Equal(SnapshotDiff.Between(approved, received).ToString(), texts[1]);
    }

    [Fact]
    public void Packages_for_frameworks_show_how_a_test_looks()
    {
        Assert.Contains("src/Relocation.Testing.MSTest/README.md", Readmes.Select(row => row.Data));
        Assert.Contains("src/Relocation.Testing.NUnit/README.md", Readmes.Select(row => row.Data));
        Assert.Contains("src/Relocation.Testing.TUnit/README.md", Readmes.Select(row => row.Data));
        Assert.Contains("src/Relocation.Testing.Xunit/README.md", Readmes.Select(row => row.Data));
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

    private static string Source(string path) =>
        File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n").Trim('\n', '\uFEFF');

    private static async Task<PrimaryKeyMap> MapOfAsync(string backup)
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = SqliteTarget.InMemory(),
                Model = RelocationModel.Create(
                    "readme",
                    [
                        Entity("customer", Field("name", FieldType.Text)),
                        Entity("order", Field("customer", FieldType.Integer), Field("total", FieldType.Text)) with
                        {
                            References =
                                [new RelocationReference { Name = "customer", Fields = ["customer"], Target = ModelLabel.Parse("shop.customer") }],
                        },
                    ]),
                Schema = SchemaSource.FromModel,
                Baseline = [Backup.FromJson(backup)],
            },
            TestContext.Current.CancellationToken);
        return database.Baseline[0].Map;
    }

    private static RelocationEntity Entity(string name, params RelocationField[] fields) => new()
    {
        Label = ModelLabel.Parse($"shop.{name}"),
        Table = name,
        Key = new RelocationKey { Fields = [Field("id", FieldType.Integer)], Policy = KeyPolicy.Remap, HasCounter = true },
        Fields = fields,
    };

    private static RelocationField Field(string name, FieldType type) =>
        new() { Name = name, Column = name, Type = type, StoreType = type == FieldType.Integer ? "INTEGER" : "TEXT" };

    private static IEnumerable<string> Samples() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "Relocation.Testing.Samples.*")
            .Append(Path.Combine(Repository.Root, "tests", "Relocation.Testing.Specification", "Models", "Press"))
            .Append(Path.Combine(Repository.Root, "tests", "Inner", "MSTest"))
            .Append(Path.Combine(Repository.Root, "tests", "Inner", "TUnit"))
            .Append(Path.Combine(Repository.Root, "tests", "Inner", "XunitV3"))
            .Append(Path.Combine(Repository.Root, "tests", "Outside", "XunitV2"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs"));
}
