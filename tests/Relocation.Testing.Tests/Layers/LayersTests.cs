using System.Xml.Linq;
using Xunit;

namespace Relocation.Testing.Tests.Layers;

/// <summary>What docs/architecture.md says of layers and packages, held against the compiled assemblies and the project files.</summary>
public sealed class LayersTests
{
    private const string Core = "Relocation.Testing";

    /// <summary>The public types of the core, which are to become fewer: 110 are meant.</summary>
    private const int MostPublicTypes = 141;

    /// <summary>The rooms of the core from the lowest to the highest: a room may refer to those before it.</summary>
    private static readonly string[] Rooms =
    [
        "Texts", "Files", "Backups", "Modeling", "Planning", "Resetting", "Keys", "Snapshots", "Engines", "Schemas", "Values", "Importing",
        "Encryption", "Exporting", "Databases", "Cases",
    ];

    /// <summary>The packages, each with those that it may refer to.</summary>
    private static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["Annotations"] = [],
        [""] = ["Annotations"],
        ["Sqlite"] = [""],
        ["PostgreSql"] = [""],
        ["Bogus"] = [""],
        ["Comparing"] = [""],
        ["Sanitizing"] = ["", "Comparing"],
        ["Matrices"] = ["", "Comparing"],
        ["Sentry"] = ["", "Comparing", "Matrices", "Sanitizing"],
        ["MSTest"] = [""],
        ["NUnit"] = [""],
        ["TUnit"] = [""],
        ["XunitV3"] = [""],
        ["Cli"] = ["Comparing", "Sanitizing", "Matrices", "Sqlite", "PostgreSql", "Sentry", "Bogus"],
    };

    [Fact]
    public void Rooms_of_the_core_refer_only_to_rooms_below_them()
    {
        var folders = FoldersOf(Core);
        Assert.Empty(folders.Values.Select(Room).Except(Rooms));
        Assert.Empty(Upward(CompiledReferences.Read(Assembly(Core)), folders, Rooms));
    }

    [Fact]
    public void Page_has_the_rooms_in_the_same_order()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md")).ReplaceLineEndings("\n");
        var layers = page.Split("\n## ").Single(part => part.StartsWith("The layers", StringComparison.Ordinal));
        var folders = layers.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Split('|')[2]);

        Assert.Equal(Rooms, folders.SelectMany(cell => cell.Split('`').Where((_, part) => part % 2 == 1)));
    }

    [Fact]
    public void An_arrow_that_goes_up_is_found()
    {
        var folders = FoldersOf(Core);
        var upward = Upward(CompiledReferences.Read(Assembly(Core)), folders, [.. Rooms.Reverse()]);
        Assert.Contains($"Importing -> Backups: {Core}.Importing.ImportRun > {Core}.Backups.BackupIndex", upward);
    }

    [Theory]
    [InlineData("Comparing")]
    [InlineData("Sanitizing")]
    [InlineData("Matrices")]
    public void Friends_of_the_core_use_its_public_types_and_two_rooms(string package)
    {
        var hidden = CompiledReferences.Read(Assembly(Core)).Where(type => !type.IsPublic && Room(type.FolderIn(Core)) is not ("Texts" or "Backups"))
            .Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var types = CompiledReferences.Read(Assembly($"{Core}.{package}"));
        Assert.NotEmpty(types);
        Assert.Empty(types.SelectMany(type => type.References.Where(hidden.Contains).Select(other => $"{type.Name} > {other}")));
    }

    [Fact]
    public void Packages_refer_only_to_those_below_them()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).ToDictionary(
            file => Short(Path.GetFileNameWithoutExtension(file)),
            file => XDocument.Load(file).Descendants("ProjectReference")
                .Select(reference => Short(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))).Order().ToArray());
        Assert.Equal(Packages.Keys.Order(), found.Keys.Order());
        Assert.All(Packages, package => Assert.Equal(package.Value.Order(), found[package.Key]));
    }

    [Fact]
    public void Core_has_few_public_types()
    {
        var types = CompiledReferences.Read(Assembly(Core)).Where(type => type.IsPublic).Select(type => type.Name).ToList();
        Assert.True(types.Count <= MostPublicTypes, $"{types.Count}: {string.Join(", ", types)}");
    }

    private static string Short(string project) => project.Length == Core.Length ? string.Empty : project[(Core.Length + 1)..];

    private static string Assembly(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");

    private static Dictionary<string, string> FoldersOf(string project) =>
        CompiledReferences.Read(Assembly(project)).ToDictionary(type => type.Name, type => type.FolderIn(project), StringComparer.Ordinal);

    private static string Room(string folder) => folder.Split('/')[0];

    private static IEnumerable<string> Upward(IEnumerable<CompiledType> types, Dictionary<string, string> folders, string[] order) =>
        from type in types
        let room = Room(folders[type.Name])
        from reference in type.References.Where(folders.ContainsKey)
        let other = Room(folders[reference])
        where Array.IndexOf(order, other) > Array.IndexOf(order, room)
        select $"{room} -> {other}: {type.Name} > {reference}";
}
