using System.IO.Enumeration;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Cli.Reviewing;

/// <summary>Finds approved and received files below a folder, and received ones in the artifacts folder.</summary>
internal sealed class SnapshotSearch
{
    /// <summary>Folders of what builds and test runs leave, copies of received files among it.</summary>
    private static readonly string[] Skipped = ["bin", "obj", "TestResults", "node_modules", ".git", ".hg", ".svn", ".vs", ".idea"];

    private readonly string _folder;
    private readonly string _root;
    private readonly string _artifacts;
    private readonly string? _artifactsGiven;

    /// <param name="folder">The folder to search.</param>
    /// <param name="artifacts">The artifacts folder, or null for the one that tests use.</param>
    internal SnapshotSearch(string folder, string? artifacts)
    {
        if (!Directory.Exists(folder))
        {
            throw Errors.FolderMissing(folder);
        }

        _folder = Path.GetFullPath(folder);
        _artifactsGiven = artifacts;
        _root = SnapshotPaths.FindRoot(_folder) ?? _folder;
        _artifacts = Path.GetFullPath(Path.Combine(
            _root, artifacts ?? SnapshotEnvironment.Current().ArtifactsFolder ?? Path.Combine("artifacts", "snapshots")));
    }

    /// <summary>All snapshots, by name.</summary>
    /// <param name="run">The folder that a test run noted used files in, or null where orphans do not matter.</param>
    internal IReadOnlyList<ReviewedSnapshot> Find(string? run)
    {
        var received = Files(_folder, SnapshotPaths.ReceivedEnd).Where(file => !IsBelow(file, _artifacts))
            .Select(file => (Approved: SnapshotPaths.ApprovedOf(file), File: file))
            .Concat(Files(_artifacts, SnapshotPaths.ReceivedEnd)
                .Select(file => (Approved: SnapshotPaths.ApprovedOf(Path.Combine(_root, Path.GetRelativePath(_artifacts, file))), File: file))
                .Where(pair => IsBelow(pair.Approved, _folder)))
            .ToLookup(pair => pair.Approved, pair => pair.File, StringComparer.Ordinal);
        var used = run is null ? null : Used(run);
        var sources = new TestSources();
        return [.. Files(_folder, SnapshotPaths.ApprovedEnd).Concat(received.Select(group => group.Key)).Distinct(StringComparer.Ordinal)
            .Select(approved => new ReviewedSnapshot
            {
                Name = SnapshotPaths.SnapshotNameOf(_folder, approved),
                State = StateOf(approved, received.Contains(approved), used, sources),
                Approved = approved,
                AcceptCommand = SnapshotPaths.Of(approved, new SnapshotOptions { ArtifactsFolder = _artifactsGiven }, SnapshotEnvironment.Current()).AcceptCommand,
                Received = [.. received[approved].OrderByDescending(File.GetLastWriteTimeUtc)],
            })
            .OrderBy(snapshot => snapshot.Name, StringComparer.Ordinal)];
    }

    /// <summary>An orphan is what no test used and none could: one that was skipped, filtered out or that failed before still stands in the sources.</summary>
    private static ReviewState StateOf(string approved, bool isReceived, IReadOnlySet<string>? used, TestSources sources) => isReceived
        ? File.Exists(approved) ? ReviewState.Changed : ReviewState.New
        : used?.Contains(approved) == false && !sources.Mention(approved) ? ReviewState.Orphaned : ReviewState.Approved;

    private static List<string> Files(string folder, string end)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true };
        return [.. new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && entry.FileName.EndsWith(end, StringComparison.Ordinal),
            ShouldRecursePredicate = (ref entry) => IsSearched(ref entry),
        }];
    }

    /// <summary>Whether a folder may hold snapshots; one that a link leads to is looked at where it lies.</summary>
    private static bool IsSearched(ref FileSystemEntry entry) =>
        (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !Skipped.Contains(entry.FileName.ToString(), StringComparer.OrdinalIgnoreCase);

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private IReadOnlySet<string> Used(string run)
    {
        var folder = Path.GetFullPath(Path.Combine(_root, run));
        return Directory.Exists(folder) ? SnapshotRun.Read(folder, _root) : throw Errors.RunMissing(folder);
    }
}
