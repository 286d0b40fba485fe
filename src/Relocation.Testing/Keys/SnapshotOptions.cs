using Relocation.Testing.Keys;

namespace Relocation.Testing;

/// <summary>How a snapshot is written, and where its files lie.</summary>
public sealed record SnapshotOptions
{
    /// <summary>
    /// Whether new keys are shown by their place among those of their model, from 1: for databases whose counters do not start anew before
    /// each import. Default: no, as they are.
    /// </summary>
    public bool NumbersNewKeys { get; init; }

    /// <summary>
    /// What the files' names start with. Characters that a file name cannot have become dashes. Default: the name of the
    /// source file, a dot and the name of the method. A test whose class derives from <c>RelocationTest</c> fails when another test of the run
    /// has that name; files that tests share on purpose are compared by <see cref="ApprovedSnapshot.CheckFileAsync(PrimaryKeyMap, string,
    /// SnapshotOptions, CancellationToken)"/>.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Which test compares, where the framework says so.</summary>
    internal SnapshotClaim? Claim { get; init; }

    /// <summary>The folder of the approved file, from the source file's folder. Default: the source file's folder.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Where a build server leaves received files and differences. Default: the environment variable
    /// <c>RELOCATION_ARTIFACTS</c>, or else <c>artifacts/snapshots</c> in the nearest folder above the approved file that
    /// holds a solution or a repository, or else below the test's own folder. A relative path starts at that same folder.
    /// </summary>
    public string? ArtifactsFolder { get; init; }
}
