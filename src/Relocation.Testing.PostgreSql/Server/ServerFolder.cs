using System.Security.Cryptography;
using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>The folder in which a server of ours lives while it runs. Its name says which process it belongs to.</summary>
internal sealed class ServerFolder
{
    private const string Prefix = "relocation-pg-";

    /// <summary>What must be free in memory: a cluster is 40 MB, and it must be able to grow.</summary>
    private const long NeededInMemory = 1L << 30;

    /// <summary>The longest path of a folder that still has room for a socket's name: 107 bytes in all.</summary>
    private const int LongestPath = 107 - 18;

    private readonly FileOwner _owner;

    private ServerFolder(FileOwner owner, string path)
    {
        _owner = owner;
        Path = path;
    }

    /// <summary>The folder, which is not made yet.</summary>
    internal string Path { get; }

    /// <summary>Chooses a new folder, in memory where there is room, and removes the servers that killed processes have left beside it.</summary>
    internal static async Task<ServerFolder> ChooseAsync(CancellationToken cancellationToken)
    {
        var parent = HasRoom("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        if (PathIn(parent, TestDatabaseName.MakeOwner()).Length > LongestPath)
        {
            parent = "/tmp";
        }

        var owner = FileOwner.In(parent);
        var folder = new ServerFolder(owner, PathIn(parent, owner.Use()));
        try
        {
            await AbandonedServers.RemoveAsync(owner, Prefix, cancellationToken).ConfigureAwait(false);
            return folder;
        }
        catch
        {
            folder.Release();
            throw;
        }
    }

    /// <summary>Gives the name back, once the folder is gone.</summary>
    internal void Release() => _owner.Release();

    private static string PathIn(string parent, string owner) =>
        System.IO.Path.Combine(parent, $"{Prefix}{owner}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    private static bool HasRoom(string folder) =>
        OperatingSystem.IsLinux() && Directory.Exists(folder) && new DriveInfo(folder).AvailableFreeSpace >= NeededInMemory;
}
