namespace Relocation.Testing.Snapshots;

/// <summary>The messages about snapshots: what is wrong, where, what to do.</summary>
internal static class SnapshotErrors
{
    internal static SnapshotMismatchException NothingApproved(string approvedPath, string receivedPath, string? diffPath, string acceptCommand) =>
        new(
            $"Nothing is approved yet. Look at the received file, and approve it if it is right.\n"
            + Files(approvedPath, receivedPath, acceptCommand),
            approvedPath,
            receivedPath,
            diffPath,
            diff: null);

    internal static SnapshotMismatchException SnapshotsDiffer(
        string approvedPath, string receivedPath, string? diffPath, string acceptCommand, string difference, SnapshotDiff? diff) =>
        new(
            $"The snapshot is not what was approved. Look at the difference, and approve what was received if it is right.\n"
            + $"{Files(approvedPath, receivedPath, acceptCommand)}\n\n{difference}",
            approvedPath,
            receivedPath,
            diffPath,
            diff);

    internal static DirectoryNotFoundException SnapshotSourceNotFound(string sourceFile, string baseFolder) =>
        new(
            $"The source file '{sourceFile}' was found in no folder above '{baseFolder}', so the approved file beside it was "
            + "not either. Set SnapshotOptions.Folder to the approved file's folder.");

    internal static InvalidOperationException SnapshotNameTaken(string file, string first, string second) => new(
        $"Two tests have the approved file '{file}':\n  {first}\n  {second}\nGive one of them a name of its own by SnapshotOptions.Name, or tell their arguments "
        + "apart: objects are told apart by their ToString.");

    private static string Files(string approvedPath, string receivedPath, string acceptCommand) =>
        $"  approved: {approvedPath}\n  received: {receivedPath}\n  approve:  {acceptCommand}";
}
