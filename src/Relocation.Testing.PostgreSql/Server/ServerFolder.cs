using System.Security.Cryptography;
using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>The folder of a running server of ours. Its name contains its process.</summary>
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

    /// <summary>
    /// Removes the servers that killed processes have left, wherever they are, and then chooses a new folder: remains of others take space.
    /// </summary>
    internal static async Task<ServerFolder> ChooseAsync(CancellationToken cancellationToken)
    {
        foreach (var parent in ((string[])[ServerRoom.Memory, System.IO.Path.GetTempPath(), ServerRoom.ShortFolder]).Where(Directory.Exists).Distinct())
        {
            await AbandonedServers.RemoveAsync(FileOwner.In(parent), Prefix, cancellationToken).ConfigureAwait(false);
        }

        return In(ServerRoom.OfMachine(parent => PathIn(parent, TestDatabaseName.MakeOwner()).Length <= LongestPath));
    }

    /// <summary>Makes a name for a folder.</summary>
    /// <exception cref="PostgreSqlUnavailableException">The folder cannot be written.</exception>
    internal static ServerFolder In(ServerRoom room)
    {
        var owner = FileOwner.In(room.Parent);
        try
        {
            return new ServerFolder(owner, PathIn(room.Parent, owner.Use()), room);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ServerErrors.FolderUnusable(room.Parent, exception);
        }
    }

    /// <summary>Gives the name back, once the folder is gone.</summary>
    internal void Release() => _owner.Release();

    private static string PathIn(string parent, string owner) =>
        System.IO.Path.Combine(parent, $"{Prefix}{owner}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
}
