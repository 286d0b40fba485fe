using System.Data.Common;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Benchmarks.Events;

/// <summary>One way to save events.</summary>
internal abstract class EventRival
{
    internal abstract string Name { get; }

    internal abstract string Title { get; }

    /// <summary>Saves one batch in a transaction of its own.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="number">The batch's number, from 0.</param>
    /// <param name="events">The events, which the rival may change.</param>
    internal abstract Task SaveAsync(DbConnection connection, int number, IReadOnlyList<JsonObject> events);
}
