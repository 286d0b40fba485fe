using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Relocation.Testing.Databases;

/// <summary>The connections that a test was given, or that its contexts have opened: those that are still open when it ends are left over.</summary>
internal sealed class OpenedConnections
{
    private readonly ConditionalWeakTable<DbConnection, object?> _opened = [];

    internal void Add(DbConnection connection) => _opened.TryAdd(connection, null);

    /// <summary>Another test begins.</summary>
    internal void Clear() => _opened.Clear();

    /// <summary>What goes on on those that are open, as ends of a sentence: on those where nothing does, and on the others.</summary>
    internal (IReadOnlyList<string> Idle, IReadOnlyList<string> AtWork) Describe(DatabaseEngine engine)
    {
        List<string>? idle = null;
        List<string>? atWork = null;
        foreach (var (connection, _) in _opened)
        {
            if (connection.State == ConnectionState.Closed)
            {
                continue;
            }

            if (engine.WorkOf(connection) is { } work)
            {
                (atWork ??= []).Add($"left a connection open, on which {work}");
            }
            else
            {
                (idle ??= []).Add("left a connection open");
            }
        }

        return ((IReadOnlyList<string>?)idle ?? [], (IReadOnlyList<string>?)atWork ?? []);
    }
}
