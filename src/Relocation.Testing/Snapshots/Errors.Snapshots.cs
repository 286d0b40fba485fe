using System.Globalization;

namespace Relocation.Testing;

internal static partial class Errors
{
    private const string Restore = "Restore the file, or approve the map anew.";

    internal static FormatException SnapshotLine(int line, int column, string expected) =>
        Malformed(line, $"is not as expected at column {column.ToString(CultureInfo.InvariantCulture)}: {expected}.");

    internal static FormatException SnapshotOfOtherFormat(string known) =>
        Malformed(1, $"gives a format that this version does not read; it reads '{known}'.");

    internal static FormatException SnapshotCountsDiffer(int line) =>
        Malformed(line, "announces other records than those that follow it.");

    internal static FormatException SnapshotModelTwice(int line, ModelLabel model) =>
        Malformed(line, $"starts model '{model}' a second time.");

    internal static FormatException SnapshotRecordOutsideItsModel(int line, ModelLabel model) =>
        Malformed(line, $"holds a record of '{model}' outside that model's section.");

    internal static FormatException SnapshotKeysNotRising(int line, ModelLabel model) =>
        Malformed(line, $"holds a record of '{model}' whose old key is not above the one before it.");

    internal static FormatException SnapshotReferenceTwice(int line, string reference) =>
        Malformed(line, $"gives the reference '{reference}' twice.");

    internal static SnapshotMismatchException NothingApproved(string approvedPath, string receivedPath, string? diffPath) =>
        new(
            $"Nothing is approved yet. Look at the received file, and move it to the approved one's place if it is right.\n"
            + Files(approvedPath, receivedPath),
            approvedPath,
            receivedPath,
            diffPath,
            diff: null);

    internal static SnapshotMismatchException SnapshotsDiffer(
        string approvedPath, string receivedPath, string? diffPath, string difference, SnapshotDiff? diff) =>
        new(
            $"The snapshot is not what was approved. Move the received file to the approved one's place if it is right.\n"
            + $"{Files(approvedPath, receivedPath)}\n\n{difference}",
            approvedPath,
            receivedPath,
            diffPath,
            diff);

    internal static DirectoryNotFoundException SnapshotSourceNotFound(string sourceFile, string baseFolder) =>
        new(
            $"The source file '{sourceFile}' was found in no folder above '{baseFolder}', so the approved file beside it was "
            + "not either. Set SnapshotOptions.Folder to the approved file's folder.");

    private static string Files(string approvedPath, string receivedPath) =>
        $"  approved: {approvedPath}\n  received: {receivedPath}";

    private static FormatException Malformed(int line, string what) =>
        new($"The text is no snapshot of a pk map: line {line.ToString(CultureInfo.InvariantCulture)} {what} {Restore}");
}
