using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Tests.Snapshots;

/// <summary>A folder of its own with a repository in it, and a diff tool that only remembers.</summary>
internal sealed class SnapshotFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snapshots-");

    internal SnapshotFolder()
    {
        Directory.CreateDirectory(In(".git"));
        Directory.CreateDirectory(Path.GetDirectoryName(SourceFile)!);
        File.WriteAllText(SourceFile, "class ShopTests;");
    }

    internal List<string> Opened { get; } = [];

    internal List<string> Closed { get; } = [];

    internal string SourceFile => In("tests/Shop/ShopTests.cs");

    internal string Approved => In("tests/Shop/ShopTests.Import.verified.txt");

    internal string Received => In("tests/Shop/ShopTests.Import.received.txt");

    internal string ReceivedArtifact => In("artifacts/snapshots/tests/Shop/ShopTests.Import.received.txt");

    internal string DiffArtifact => In("artifacts/snapshots/tests/Shop/ShopTests.Import.diff.txt");

    internal SnapshotEnvironment Desk => new()
    {
        IsBuildServer = false,
        ArtifactsFolder = null,
        BaseFolder = In("tests/Shop/bin"),
        OpenDiffTool = (received, approved) =>
        {
            Opened.Add($"{received}|{approved}");
            return Task.CompletedTask;
        },
        CloseDiffTool = (received, approved) => Closed.Add($"{received}|{approved}"),
    };

    internal SnapshotEnvironment BuildServer =>
        Desk with { IsBuildServer = true, OpenDiffTool = null, CloseDiffTool = null };

    /// <summary>All files but those of the build, by path from the folder.</summary>
    internal string[] Files =>
        [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder.FullName, file.FullName).Replace('\\', '/'))
            .Where(file => file != "tests/Shop/ShopTests.cs")
            .Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);

    internal string In(string path) => Path.Combine(_folder.FullName, path.Replace('/', Path.DirectorySeparatorChar));

    internal Task CheckAsync(PrimaryKeyMap map, SnapshotEnvironment environment, SnapshotOptions? options = null) =>
        CheckAsync(SnapshotContent.Of(map, options ?? new SnapshotOptions()), environment, options);

    internal Task CheckAsync(string text, SnapshotEnvironment environment, SnapshotOptions? options = null) =>
        CheckAsync(SnapshotContent.Of(text), environment, options);

    private Task CheckAsync(SnapshotContent content, SnapshotEnvironment environment, SnapshotOptions? options) =>
        ApprovedSnapshot.CheckAsync(
            content, options ?? new SnapshotOptions(), SourceFile, "Import", environment, Xunit.TestContext.Current.CancellationToken);
}
