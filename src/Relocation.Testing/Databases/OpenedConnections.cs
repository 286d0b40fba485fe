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

    /// <summary>What goes on on those that are open, as ends of a sentence.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="isAtWork">Whether any of them is in the middle of something.</param>
    internal IReadOnlyList<string> Describe(DatabaseEngine engine, out bool isAtWork)
    {
        isAtWork = false;
        List<string>? found = null;
        foreach (var (connection, _) in _opened)
        {
            if (connection.State == ConnectionState.Closed)
            {
                continue;
            }

            var work = engine.WorkOf(connection);
            isAtWork |= work is not null;
            (found ??= []).Add(work is null ? "left a connection open" : $"left a connection open, on which {work}");
        }

        return (IReadOnlyList<string>?)found ?? [];
    }
}
