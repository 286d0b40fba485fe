using Relocation.Testing.Files;

namespace Relocation.Testing.Snapshots;

/// <summary>Where the files of one snapshot lie.</summary>
internal sealed record SnapshotPaths
{
    internal const string ApprovedEnd = ".verified.txt";
    internal const string ReceivedEnd = ".received.txt";
    internal const string DiffEnd = ".diff.txt";
    private const string OwnName = "+";
    private const string ForbiddenInNames = "<>:\"/\\|?*";

    /// <summary>The approved file.</summary>
    internal required string Approved { get; init; }

    /// <summary>The file beside it that a developer's machine leaves for review.</summary>
    internal required string Received { get; init; }

    /// <summary>The same in the artifacts folder of a build server.</summary>
    internal required string ReceivedArtifact { get; init; }

    /// <summary>The artifacts folder, where it is not the usual one.</summary>
    internal string? OtherArtifacts { get; init; }

    /// <summary>The command that approves what was received.</summary>
    internal string AcceptCommand
    {
        get
        {
            var folder = Path.GetDirectoryName(Approved) ?? Approved;
            var root = FindRoot(folder) ?? folder;
            var name = SnapshotNameOf(root, Approved);
            var artifacts = OtherArtifacts is null ? string.Empty : $" --artifacts {Quoted(OtherArtifacts)}";
            return $"relocation snapshot accept {Quoted(name)} --folder {Quoted(root)}{artifacts}";
        }
    }

    /// <summary>What the command line calls a snapshot: the approved file's path from a folder, without the usual ending.</summary>
    internal static string SnapshotNameOf(string folder, string approved)
    {
        var name = Path.GetRelativePath(folder, approved).Replace('\\', '/');
        return name.EndsWith(ApprovedEnd, StringComparison.Ordinal) ? name[..^ApprovedEnd.Length] : name;
    }

    /// <summary>An argument as shells read it back.</summary>
    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(character => char.IsAsciiLetterOrDigit(character) || "/._-+=:@%".Contains(character, StringComparison.Ordinal)) ? argument
        : OperatingSystem.IsWindows() ? $"\"{argument}\""
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The difference in the artifacts folder of a build server.</summary>
    internal required string DiffArtifact { get; init; }

    /// <summary>The paths of a snapshot with an approved file of any name.</summary>
    internal static SnapshotPaths Of(string approvedPath, SnapshotOptions options, SnapshotEnvironment environment)
    {
        var approved = Path.GetFullPath(approvedPath);
        var folder = Path.GetDirectoryName(approved) ?? approved;
        var stem = StemOf(Path.GetFileName(approved));
        var artifacts = ArtifactsFolder(folder, options, environment);
        return new SnapshotPaths
        {
            Approved = approved,
            Received = Path.Combine(folder, stem + ReceivedEnd),
            ReceivedArtifact = Path.Combine(artifacts, stem + ReceivedEnd),
            DiffArtifact = Path.Combine(artifacts, stem + DiffEnd),
            OtherArtifacts = environment.IsBuildServer && (options.ArtifactsFolder ?? environment.ArtifactsFolder) is { } other ? Path.GetFullPath(Path.Combine(FindRoot(folder) ?? environment.BaseFolder, other)) : null,
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

        var sourceFolder = SourceFolders.FindOf(sourceFile, environment.BaseFolder)
            ?? throw SnapshotErrors.SnapshotSourceNotFound(sourceFile, environment.BaseFolder);
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

    /// <summary>
    /// What the names of received files begin with: an approved file's name without its ending, or all of one that ends otherwise, and a mark. So a
    /// received file always says which approved one is meant.
    /// </summary>
    internal static string StemOf(string approvedName) =>
        approvedName.EndsWith(ApprovedEnd, StringComparison.Ordinal) && !approvedName[..^ApprovedEnd.Length].EndsWith(OwnName, StringComparison.Ordinal)
            ? approvedName[..^ApprovedEnd.Length]
            : approvedName + OwnName;

    /// <summary>The approved file that a received one is for.</summary>
    internal static string ApprovedOf(string received)
    {
        var stem = received[..^ReceivedEnd.Length];
        return stem.EndsWith(OwnName, StringComparison.Ordinal) ? stem[..^OwnName.Length] : stem + ApprovedEnd;
    }

    private static string ArtifactsFolder(string approvedFolder, SnapshotOptions options, SnapshotEnvironment environment)
    {
        var root = FindRoot(approvedFolder);
        var folder = options.ArtifactsFolder ?? environment.ArtifactsFolder ?? Path.Combine("artifacts", "snapshots");
        var artifacts = Path.GetFullPath(Path.Combine(root ?? environment.BaseFolder, folder));

        // Tests of one name in two projects must not write over each other's files.
        return root is null ? artifacts : Path.Combine(artifacts, Path.GetRelativePath(root, approvedFolder));
    }
}
