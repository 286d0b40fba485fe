using System.Security.Cryptography;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>Chooses where a server of ours lives while it runs.</summary>
internal static class ServerFolder
{
    /// <summary>What must be free in memory: a cluster is 40 MB, and it must be able to grow.</summary>
    private const long NeededInMemory = 1L << 30;

    /// <summary>The longest path of a folder that still has room for a socket's name: 107 bytes in all.</summary>
    private const int LongestPath = 107 - 18;

    /// <summary>The path of a new folder, in memory where there is room.</summary>
    internal static string Choose()
    {
        var name = $"relocation-pg-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var path = Path.Combine(HasRoom("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), name);
        return path.Length > LongestPath ? Path.Combine("/tmp", name) : path;
    }

    private static bool HasRoom(string folder) =>
        OperatingSystem.IsLinux() && Directory.Exists(folder) && new DriveInfo(folder).AvailableFreeSpace >= NeededInMemory;
}
