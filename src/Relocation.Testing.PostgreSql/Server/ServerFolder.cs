using System.Security.Cryptography;
using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>The folder in which a server of ours lives while it runs. Its name says which process it belongs to.</summary>
internal sealed class ServerFolder
{
    private const string Prefix = "relocation-pg-";

    /// <summary>The longest path of a folder that still has room for a socket's name: 107 bytes in all.</summary>
    private const int LongestPath = 107 - 18;

    private readonly FileOwner _owner;

    private ServerFolder(FileOwner owner, string path, ServerRoom room)
    {
        _owner = owner;
        Path = path;
        Room = room;
    }

    /// <summary>The folder, which is not made yet.</summary>
    internal string Path { get; }

    /// <summary>Why it is there, and what was free when it was chosen.</summary>
    internal ServerRoom Room { get; }

    /// <summary>Chooses a new folder, in memory where there is room, and removes the servers that killed processes have left beside it.</summary>
    internal static async Task<ServerFolder> ChooseAsync(CancellationToken cancellationToken)
    {
        var room = ServerRoom.OfMachine(parent => PathIn(parent, TestDatabaseName.MakeOwner()).Length <= LongestPath);
        var owner = FileOwner.In(room.Parent);
        var folder = new ServerFolder(owner, PathIn(room.Parent, owner.Use()), room);
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
}
