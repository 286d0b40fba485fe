namespace Relocation.Testing.Snapshots;

/// <summary>Where the files of one snapshot lie.</summary>
internal sealed record SnapshotPaths
{
    internal const string ApprovedEnd = ".verified.txt";
    internal const string ReceivedEnd = ".received.txt";
    internal const string DiffEnd = ".diff.txt";
    private const string ForbiddenInNames = "<>:\"/\\|?*";

    /// <summary>The approved file.</summary>
    internal required string Approved { get; init; }

    /// <summary>The file beside it that a desk leaves for review.</summary>
    internal required string Received { get; init; }

    /// <summary>The same in the artifacts folder of a build server.</summary>
    internal required string ReceivedArtifact { get; init; }

    /// <summary>The difference in the artifacts folder of a build server.</summary>
    internal required string DiffArtifact { get; init; }

    /// <summary>The paths of a snapshot with an approved file of any name.</summary>
    internal static SnapshotPaths Of(string approvedPath, SnapshotOptions options, SnapshotEnvironment environment)
    {
        var approved = Path.GetFullPath(approvedPath);
        var folder = Path.GetDirectoryName(approved) ?? approved;
        var stem = Stem(Path.GetFileName(approved));
        var artifacts = ArtifactsFolder(folder, options, environment);
        return new SnapshotPaths
        {
            Approved = approved,
            Received = Path.Combine(folder, stem + ReceivedEnd),
            ReceivedArtifact = Path.Combine(artifacts, stem + ReceivedEnd),
            DiffArtifact = Path.Combine(artifacts, stem + DiffEnd),
        };
    }

    /// <summary>The approved file of a test: <c>Type.Method.verified.txt</c> beside its source.</summary>
    internal static string ApprovedOf(
        string sourceFile, string member, SnapshotOptions options, SnapshotEnvironment environment)
    {
        // A source file's path may come from another system's compiler, so both kinds of slash divide it.
        var file = sourceFile[(sourceFile.LastIndexOfAny(['/', '\\']) + 1)..];
        var name = options.Name ?? $"{file.Split('.')[0]}.{member}";
        if (options.Folder is { } folder && Path.IsPathFullyQualified(folder))
        {
            return Path.Combine(folder, FileName(name) + ApprovedEnd);
        }

        var sourceFolder = FindSourceFolder(sourceFile, environment.BaseFolder)
            ?? throw Errors.SnapshotSourceNotFound(sourceFile, environment.BaseFolder);
        return Path.GetFullPath(Path.Combine(sourceFolder, options.Folder ?? string.Empty, FileName(name) + ApprovedEnd));
    }

    /// <summary>The nearest folder that holds a solution or a repository, or null.</summary>
    internal static string? FindRoot(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            // In a work tree .git is a file.
            if (current.Exists
                && (Path.Exists(Path.Combine(current.FullName, ".git"))
                    || current.EnumerateFiles("*.sln").Any()
                    || current.EnumerateFiles("*.slnx").Any()))
            {
                return current.FullName;
            }
        }

        return null;
    }

    /// <summary>
    /// The folder of the source file on this machine, or null. Deterministic builds record <c>/_/tests/Some.cs</c>, and
    /// builds elsewhere another place: then the end of the path is looked for above the folder that the test runs from.
    /// </summary>
    internal static string? FindSourceFolder(string sourceFile, string baseFolder)
    {
        if (Path.GetDirectoryName(sourceFile) is { Length: > 0 } folder && Directory.Exists(folder))
        {
            return folder;
        }

        var parts = sourceFile.Split('/', '\\');
        for (var skipped = 1; skipped < parts.Length - 1; skipped++)
        {
            var end = Path.Combine(parts[skipped..]);
            for (var current = new DirectoryInfo(baseFolder); current is not null; current = current.Parent)
            {
                var candidate = Path.Combine(current.FullName, end);
                if (File.Exists(candidate))
                {
                    return Path.GetDirectoryName(candidate) ?? current.FullName;
                }
            }
        }

        return null;
    }

    /// <summary>The same on every system: a name that one of them cannot have is had nowhere.</summary>
    internal static string FileName(string name) =>
        string.Create(name.Length, name, static (characters, name) =>
        {
            for (var i = 0; i < name.Length; i++)
            {
                var isForbidden = char.IsControl(name[i]) || ForbiddenInNames.Contains(name[i], StringComparison.Ordinal);
                characters[i] = isForbidden ? '-' : name[i];
            }
        });

    private static string Stem(string fileName) =>
        fileName.EndsWith(ApprovedEnd, StringComparison.OrdinalIgnoreCase)
            ? fileName[..^ApprovedEnd.Length]
            : Path.GetFileNameWithoutExtension(fileName);

    private static string ArtifactsFolder(string approvedFolder, SnapshotOptions options, SnapshotEnvironment environment)
    {
        var root = FindRoot(approvedFolder);
        var folder = options.ArtifactsFolder ?? environment.ArtifactsFolder ?? Path.Combine("artifacts", "snapshots");
        var artifacts = Path.GetFullPath(Path.Combine(root ?? environment.BaseFolder, folder));

        // Tests of one name in two projects must not write over each other's files.
        return root is null ? artifacts : Path.Combine(artifacts, Path.GetRelativePath(root, approvedFolder));
    }
}
