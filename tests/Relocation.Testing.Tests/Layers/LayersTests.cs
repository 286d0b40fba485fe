using System.Xml.Linq;
using Xunit;

namespace Relocation.Testing.Tests.Layers;

/// <summary>What docs/architecture.md says of layers and packages, held against the compiled assemblies and the project files.</summary>
public sealed class LayersTests
{
    private const string Core = "Relocation.Testing";

    /// <summary>The public types of the core, which are to become fewer: 110 are meant.</summary>
    private const int MostPublicTypes = 119;

    /// <summary>The rooms of the core from the lowest to the highest: a room may refer to those before it.</summary>
    private static readonly string[] Rooms =
    [
        "Texts", "Files", "Backups", "Modeling", "Planning", "Resetting", "Keys", "Snapshots", "Engines", "Schemas", "Values", "Importing",
        "Exporting", "Databases", "Cases",
    ];

    /// <summary>The rooms of Importing from the lowest to the highest; above them is the door, in the folder itself.</summary>
    private static readonly string[] ImportingRooms =
    [
        "Results", "Records", "Rules", "Policies", "Noting", "Choosing", "Reading", "Collisions", "Deciding", "Triggers", "Writing", "Resuming",
        "Reporting",
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
        ["Changes"] = [""],
        ["Sentry"] = ["", "Comparing", "Matrices", "Sanitizing"],
        ["Hosting"] = [""],
        ["MSTest"] = [""],
        ["NUnit"] = [""],
        ["TUnit"] = [""],
        ["Xunit"] = [""],
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
    public void Rooms_of_importing_refer_only_to_rooms_below_them()
    {
        var folders = FoldersOf(Core).Where(type => Room(type.Value) == "Importing").ToDictionary(StringComparer.Ordinal);
        var rooms = folders.ToDictionary(type => type.Key, type => type.Value["Importing".Length..].TrimStart('/'), StringComparer.Ordinal);
        string[] order = [.. ImportingRooms, string.Empty];
        Assert.Equal(order.Order(), rooms.Values.Distinct().Order());
        var types = CompiledReferences.Read(Assembly(Core)).Where(type => rooms.ContainsKey(type.Name)).ToList();
        Assert.Empty(Upward(types, rooms, order));
        Assert.NotEmpty(Upward(types, rooms, [.. order.Reverse()]));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    [InlineData("Comparing")]
    [InlineData("Sanitizing")]
    [InlineData("Matrices")]
    [InlineData("Changes")]
    [InlineData("Bogus")]
    [InlineData("Cli")]
    [InlineData("Hosting")]
    [InlineData("NUnit")]
    [InlineData("TUnit")]
    [InlineData("XunitV3")]
    public void Folders_of_a_package_do_not_need_each_other_in_a_circle(string package)
    {
        var project = $"{Core}.{package}";
        var types = CompiledReferences.Read(Built(project));
        Assert.NotEmpty(types);
        var folders = types.ToDictionary(type => type.Name, type => type.FolderIn(project), StringComparer.Ordinal);
        Assert.Empty(Circle(types, folders));
    }

    [Fact]
    public void A_circle_of_folders_is_found()
    {
        var types = CompiledReferences.Read(Assembly(Core));
        var folders = FoldersOf(Core);
        Assert.Empty(Circle(types, folders.ToDictionary(type => type.Key, type => Room(type.Value), StringComparer.Ordinal)));

        // The run needs rows, and these need the result: in one folder, they are in a circle with what is between them.
        var mixed = folders.ToDictionary(type => type.Key, type => type.Value is "Importing/Results" ? "Importing" : type.Value, StringComparer.Ordinal);
        Assert.NotEmpty(Circle(types, mixed));
    }

    [Theory]
    [InlineData("The layers")]
    [InlineData("The rooms of Importing")]
    public void Page_has_the_rooms_in_the_same_order(string heading)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md")).ReplaceLineEndings("\n");
        var layers = page.Split("\n## ").Single(part => part.StartsWith(heading, StringComparison.Ordinal));
        var folders = layers.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Split('|')[heading == "The layers" ? 2 : 1]);

        Assert.Equal(heading == "The layers" ? Rooms : ImportingRooms, folders.SelectMany(cell => cell.Split('`').Where((_, part) => part % 2 == 1)));
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

    /// <summary>An assembly where its own project puts it: not all are beside these tests.</summary>
    private static string Built(string project)
    {
        var bin = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(
            Repository.Root, "src", project, "bin", bin.Parent!.Name, bin.Name, project == $"{Core}.Cli" ? "relocation.dll" : $"{project}.dll");
    }

    private static Dictionary<string, string> FoldersOf(string project) =>
        CompiledReferences.Read(Assembly(project)).ToDictionary(type => type.Name, type => type.FolderIn(project), StringComparer.Ordinal);

    private static string Room(string folder) => folder.Split('/')[0];

    /// <summary>The arrows between folders that are left when those are taken away, again and again, from which or to which no arrow goes.</summary>
    private static IEnumerable<string> Circle(IReadOnlyList<CompiledType> types, Dictionary<string, string> folders)
    {
        var arrows = (
            from type in types
            from reference in type.References.Where(folders.ContainsKey)
            let arrow = (From: folders[type.Name], To: folders[reference], Why: $"{type.Name} > {reference}")
            where arrow.From != arrow.To
            select arrow).ToList();
        while (arrows.RemoveAll(arrow => !arrows.Exists(next => next.From == arrow.To) || !arrows.Exists(last => last.To == arrow.From)) > 0)
        {
        }

        return arrows.Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.Why}").Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Upward(IEnumerable<CompiledType> types, Dictionary<string, string> folders, string[] order) =>
        from type in types
        let room = Room(folders[type.Name])
        from reference in type.References.Where(folders.ContainsKey)
        let other = Room(folders[reference])
        where Array.IndexOf(order, other) > Array.IndexOf(order, room)
        select $"{room} -> {other}: {type.Name} > {reference}";
}
