using Relocation.Testing.Snapshots;

namespace Relocation.Testing;

/// <summary>A snapshot is not what was approved, or none was approved yet.</summary>
public sealed class SnapshotMismatchException : RelocationException
{
    internal SnapshotMismatchException(string message, string approvedPath, string receivedPath, string? diffPath, SnapshotDiff? diff)
        : base(message)
    {
        ApprovedPath = approvedPath;
        ReceivedPath = receivedPath;
        DiffPath = diffPath;
        Diff = diff;
    }

    /// <summary>The approved file, or where it would be.</summary>
    public string ApprovedPath { get; }

    /// <summary>The file that holds what was received.</summary>
    public string ReceivedPath { get; }

    /// <summary>The file that holds the whole difference, which only a build server gets; otherwise null.</summary>
    public string? DiffPath { get; }

    /// <summary>The difference of the pk maps, or null when nothing was approved or the snapshots are other text.</summary>
    internal SnapshotDiff? Diff { get; }
}
