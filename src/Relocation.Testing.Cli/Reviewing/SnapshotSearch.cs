using System.IO.Enumeration;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Cli.Reviewing;

/// <summary>Finds approved and received files below a folder, and received ones in the artifacts folder.</summary>
internal sealed class SnapshotSearch
{
    private static readonly string[] Skipped = ["bin", "obj", ".git", "node_modules", ".vs"];

    private readonly string _folder;
    private readonly string _root;
    private readonly string _artifacts;

    /// <param name="folder">The folder to search.</param>
    /// <param name="artifacts">The artifacts folder, or null for the one that tests use.</param>
    internal SnapshotSearch(string folder, string? artifacts)
    {
        if (!Directory.Exists(folder))
        {
            throw Errors.FolderMissing(folder);
        }

        _folder = Path.GetFullPath(folder);
        _root = SnapshotPaths.FindRoot(_folder) ?? _folder;
        _artifacts = Path.GetFullPath(Path.Combine(
            _root, artifacts ?? SnapshotEnvironment.Current().ArtifactsFolder ?? Path.Combine("artifacts", "snapshots")));
    }

    /// <summary>All snapshots, by name.</summary>
    /// <param name="run">The folder that a test run noted used files in, or null where orphans do not matter.</param>
    internal IReadOnlyList<ReviewedSnapshot> Find(string? run)
    {
        var received = Files(_folder, SnapshotPaths.ReceivedEnd).Where(file => !IsBelow(file, _artifacts))
            .Select(file => (Approved: ApprovedOf(file), File: file))
            .Concat(Files(_artifacts, SnapshotPaths.ReceivedEnd)
                .Select(file => (Approved: ApprovedOf(Path.Combine(_root, Path.GetRelativePath(_artifacts, file))), File: file))
                .Where(pair => IsBelow(pair.Approved, _folder)))
            .ToLookup(pair => pair.Approved, pair => pair.File, StringComparer.Ordinal);
        var used = run is null ? null : Used(run);
        return [.. Files(_folder, SnapshotPaths.ApprovedEnd).Concat(received.Select(group => group.Key)).Distinct(StringComparer.Ordinal)
            .Select(approved => new ReviewedSnapshot
            {
                Name = NameOf(approved),
                State = StateOf(approved, received.Contains(approved), used),
                Approved = approved,
                Received = [.. received[approved].OrderByDescending(File.GetLastWriteTimeUtc)],
            })
            .OrderBy(snapshot => snapshot.Name, StringComparer.Ordinal)];
    }

    private static ReviewState StateOf(string approved, bool isReceived, IReadOnlySet<string>? used) => isReceived
        ? File.Exists(approved) ? ReviewState.Changed : ReviewState.New
        : used?.Contains(approved) == false ? ReviewState.Orphaned : ReviewState.Approved;

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
            ShouldRecursePredicate = (ref entry) => !Skipped.Contains(entry.FileName.ToString(), StringComparer.Ordinal),
        }];
    }

    /// <summary>The file that a received one is to replace: of the usual name, unless only one of another kind is there.</summary>
    private static string ApprovedOf(string received)
    {
        var stem = received[..^SnapshotPaths.ReceivedEnd.Length];
        return !File.Exists(stem + SnapshotPaths.ApprovedEnd) && File.Exists(stem + ".txt") ? stem + ".txt" : stem + SnapshotPaths.ApprovedEnd;
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private IReadOnlySet<string> Used(string run)
    {
        var folder = Path.GetFullPath(Path.Combine(_root, run));
        return Directory.Exists(folder) ? SnapshotRun.Read(folder, _root) : throw Errors.RunMissing(folder);
    }

    private string NameOf(string approved)
    {
        var name = Path.GetRelativePath(_folder, approved).Replace('\\', '/');
        return name.EndsWith(SnapshotPaths.ApprovedEnd, StringComparison.Ordinal) ? name[..^SnapshotPaths.ApprovedEnd.Length] : name;
    }
}
