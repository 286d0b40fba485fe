using System.Text.Json.Nodes;

namespace Relocation.Testing;

/// <summary>Groups error events: events that share a hash belong to one group.</summary>
public interface IEventGrouping
{
    /// <summary>The hashes of an event, which is not changed.</summary>
    /// <param name="data">The event as it is after normalising and tagging.</param>
    /// <returns>At least one hash of 1 to 32 characters. The first is the primary hash; the others are used if it has no group.</returns>
    public IReadOnlyList<string> HashesOf(JsonObject data);
}
