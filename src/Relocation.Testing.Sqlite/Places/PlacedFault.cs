using Relocation.Testing.Engines;
using Relocation.Testing.Files;

namespace Relocation.Testing.Sqlite.Places;

/// <summary>Faults of a place, with what SQLite does not report: the file, its file system, and who chose it.</summary>
internal static class PlacedFault
{
    /// <summary>What the system's errors for a full file system are called: Linux, macOS and Windows.</summary>
    private static readonly int[] FullCodes = [28, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>The same fault, with its place.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="location">Where the database is.</param>
    /// <param name="choice">Who chose that place, or null to derive it from the path.</param>
    internal static DriverFault Of(DriverFault fault, SqliteLocation location, string? choice = null) => fault.Fault switch
    {
        DatabaseFault.Full => fault with { Advice = $"{Place(location, choice)}{Temporary()} {fault.Advice}" },
        DatabaseFault.ReadOnly or DatabaseFault.NotAllowed or DatabaseFault.Unreachable or DatabaseFault.Damaged when location.File is { } file => fault with
        {
            Advice = $"{Place(location, choice)} {Refused(file)}{fault.Advice}",
        },
        _ => fault,
    };

    /// <summary>A file of ours that cannot be created or written, before SQLite opens it.</summary>
    /// <param name="what">What cannot be created, as the beginning of a sentence.</param>
    /// <param name="folder">Where.</param>
    /// <param name="choice">What chose the folder, as a sentence.</param>
    /// <param name="cause">What the system says.</param>
    internal static KnownFaultException OfFile(string what, string folder, string choice, Exception cause)
    {
        var isFull = cause is IOException && FullCodes.Contains(cause.HResult);
        return new KnownFaultException(
            new DriverFault(
                isFull ? DatabaseFault.Full : DatabaseFault.NotAllowed,
                null,
                isFull
                    ? $"{what} cannot be made in '{ConnectionText.ShownPath(folder)}', {Room(folder)}"
                    : $"{what} cannot be made in '{ConnectionText.ShownPath(folder)}': {cause.Message.TrimEnd('.')}",
                isFull ? $"{choice} Make room there." : $"{choice} Or give the account the right to write there."),
            cause);
    }

    private static string Place(SqliteLocation location, string? choice) => location.File is not { } file
        ? "The database is in memory."
        : $"The database is '{ConnectionText.ShownPath(file)}', {Room(file)}. {choice ?? PlaceChoice.Of(file)}";

    private static string Temporary()
    {
        var folder = PlaceChoice.SqliteTemporary();
        return $" SQLite's temporary files go to '{ConnectionText.ShownPath(folder)}', {Room(folder)}; SQLITE_TMPDIR chooses another folder.";
    }

    private static string Room(string path) => FolderRoom.Of(path).Place;

    /// <summary>What prevents writing, if that can be seen.</summary>
    private static string Refused(string file)
    {
        var folder = Path.GetDirectoryName(file) ?? file;
        if (!Directory.Exists(folder))
        {
            return $"There is no folder '{ConnectionText.ShownPath(folder)}'. ";
        }

        // The file is not opened: closing it would release the locks of this process's connections on it.
        return new FileInfo(file) is { Exists: true, IsReadOnly: true } ? "The account may not write the file. " : string.Empty;
    }
}
