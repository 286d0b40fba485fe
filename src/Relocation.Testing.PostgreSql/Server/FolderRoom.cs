using System.Globalization;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>What is free where a folder is.</summary>
/// <param name="Folder">The folder, which need not be there.</param>
/// <param name="FileSystem">Where its file system is mounted.</param>
/// <param name="Free">How many bytes are free for us.</param>
/// <param name="Size">How many bytes it has in all.</param>
internal sealed record FolderRoom(string Folder, string FileSystem, long Free, long Size)
{
    /// <summary>Below this, a lack of room is what has most likely gone wrong: a cluster takes 40 MB, and one file of its log 16 MB.</summary>
    private const long Little = 64L << 20;

    /// <summary>Whether hardly anything is free.</summary>
    internal bool IsFull => Free < Little;

    /// <summary>Looks at a folder, or at the nearest one above it that is there.</summary>
    internal static FolderRoom Of(string folder)
    {
        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            there = above;
        }

        try
        {
            var drive = new DriveInfo(there);
            return new FolderRoom(folder, MountPointOf(there), drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that cannot be asked is none to prefer.
            return new FolderRoom(folder, there, 0, 0);
        }
    }

    /// <summary>A number of bytes as people say it.</summary>
    internal static string Show(long bytes) => bytes >= 10L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB");

    public override string ToString() => $"'{Folder}' is on the file system '{FileSystem}', where {Show(Free)} of {Show(Size)} are free";

    private static string MountPointOf(string folder) => DriveInfo.GetDrives()
        .Select(drive => drive.Name)
        .Where(name => folder == name || folder.StartsWith(name.EndsWith('/') ? name : name + "/", StringComparison.Ordinal))
        .MaxBy(name => name.Length) ?? folder;
}
