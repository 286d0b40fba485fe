using System.Globalization;

namespace Relocation.Testing.Files;

/// <summary>What is free where a folder or a file is.</summary>
/// <param name="Folder">Its path; it need not be there.</param>
/// <param name="FileSystem">Where its file system is mounted.</param>
/// <param name="Free">How many bytes are free for us.</param>
/// <param name="Size">How many bytes it has in all; none where the system does not tell.</param>
internal sealed record FolderRoom(string Folder, string FileSystem, long Free, long Size)
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>Below this, a lack of room is what has most likely gone wrong: a cluster takes 40 MB, and one file of its log 16 MB.</summary>
    private const long Little = 64L << 20;

    /// <summary>The kind of file system, as <c>tmpfs</c>.</summary>
    internal string Format { get; private init; } = string.Empty;

    /// <summary>Whether hardly anything is free.</summary>
    internal bool IsFull => Free < Little;

    /// <summary><c>in the file system at '/tmp' (tmpfs), which has 0.1 MB of 64 MB left</c>, as part of a sentence.</summary>
    internal string Place => Size > 0
        ? $"in the file system at '{FileSystem}' ({Format}), which has {Show(Free)} of {Show(Size)} left"
        : "whose file system tells nothing of its room";

    /// <summary>Looks at a folder or file, or at the nearest folder above it that is there.</summary>
    internal static FolderRoom Of(string path)
    {
        var there = Path.GetFullPath(path);
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            there = above;
        }

        try
        {
            var drive = new DriveInfo(there);
            return new FolderRoom(path, MountPointOf(there), drive.AvailableFreeSpace, drive.TotalSize) { Format = drive.DriveFormat };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that cannot be asked is none to prefer.
            return new FolderRoom(path, there, 0, 0);
        }
    }

    /// <summary>A number of bytes as people say it.</summary>
    internal static string Show(long bytes) => bytes switch
    {
        < (long)(100 * Megabyte) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:0.#} MB"),
        < (long)(10 * 1024 * Megabyte) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:F0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte / 1024:F0} GB"),
    };

    public override string ToString() => $"'{Folder}' is on the file system '{FileSystem}', where {Show(Free)} of {Show(Size)} are free";

    /// <summary>The longest name that the path begins with is where its file system is mounted.</summary>
    private static string MountPointOf(string folder) => DriveInfo.GetDrives()
        .Select(drive => drive.Name)
        .Where(name => folder == name || folder.StartsWith(
            Path.EndsInDirectorySeparator(name) ? name : name + Path.DirectorySeparatorChar,
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        .MaxBy(name => name.Length) ?? folder;
}
