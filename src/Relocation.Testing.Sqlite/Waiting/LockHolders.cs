using System.Globalization;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Files;
using Relocation.Testing.Sqlite.Places;

namespace Relocation.Testing.Sqlite.Waiting;

/// <summary>The processes that lock a database. SQLite does not know them; Linux lists the processes that hold locks on a file.</summary>
internal static class LockHolders
{
    private const string Locks = "/proc/locks";

    /// <summary>Files that SQLite locks: the database, and the index of its write-ahead log.</summary>
    private static readonly string[] Ends = ["", "-shm"];

    /// <summary>Who blocks a connection, as the end of a sentence without its full stop.</summary>
    internal static string Of(SqliteConnection connection)
    {
        var location = SqliteLocation.Of(connection);
        if (location.File is not { } file)
        {
            return $"another connection of this process, which reads or writes {location}";
        }

        var holders = Read(file);
        var others = holders.Where(holder => holder.Key != Environment.ProcessId).ToList();
        var who = others.Count > 0 ? string.Join(" and ", others.Select(holder => RunningProcess.Describe(holder.Key)))
            : holders.Count > 0 ? "another connection of this process"
            : "another connection";
        var does = (others.Count > 0 ? others : [.. holders]) switch
        {
            [] => "reads or writes",
            var named when named.Exists(holder => holder.Value) => named.Count == 1 ? "writes to" : "write to",
            var named => named.Count == 1 ? "reads" : "read",
        };
        return $"{who}, which {does} '{ConnectionText.ShownPath(file)}'";
    }

    /// <summary>The processes that hold locks of a database's files, and whether they write.</summary>
    private static Dictionary<int, bool> Read(string file)
    {
        var holders = new Dictionary<int, bool>();
        try
        {
            var nodes = Ends.Select(end => FileNode.NumberOf(file + end)).OfType<string>().ToList();
            foreach (var line in nodes.Count > 0 && File.Exists(Locks) ? File.ReadLines(Locks) : [])
            {
                // 1: POSIX  ADVISORY  WRITE 4711 fd:01:1835 1073741825 1073741825; waiting ones have an arrow.
                if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "POSIX", _, var kind, var process, var node, ..]
                    && nodes.Contains(node) && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
                {
                    holders[id] = holders.GetValueOrDefault(id) || kind == "WRITE";
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then no process is named.
        }

        return holders;
    }
}
