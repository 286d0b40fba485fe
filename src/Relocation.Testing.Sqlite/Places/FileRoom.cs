using System.Globalization;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Sqlite.Places;

/// <summary>The file system that a path is in, and the room there.</summary>
internal static class FileRoom
{
    private const double Megabyte = 1024 * 1024;

    /// <summary><c>in the file system at '/tmp' (tmpfs), which has 0.1 of 64 MB left</c>; empty where the system does not tell.</summary>
    internal static string Describe(string path)
    {
        try
        {
            // The longest name that the path begins with is where its file system is mounted.
            var drive = DriveInfo.GetDrives().Where(drive => IsWithin(path, drive.Name)).MaxBy(drive => drive.Name.Length);
            return drive is { IsReady: true }
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"in the file system at '{ConnectionText.ShownPath(drive.Name)}' ({drive.DriveFormat}), which has {Size(drive.AvailableFreeSpace)} of {Size(drive.TotalSize)} left")
                : string.Empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return string.Empty;
        }
    }

    private static bool IsWithin(string path, string folder) => path.StartsWith(
        Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar,
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) || path == folder;

    private static string Size(long bytes) => bytes switch
    {
        < (long)(100 * Megabyte) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:0.#} MB"),
        < (long)(10 * 1024 * Megabyte) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:F0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte / 1024:F0} GB"),
    };
}
