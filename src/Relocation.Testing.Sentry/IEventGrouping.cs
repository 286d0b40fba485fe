using System.Text.Json.Nodes;

namespace Relocation.Testing;

/// <summary>Says which error events belong together: events that share a hash are of one group.</summary>
public interface IEventGrouping
{
    /// <summary>The hashes of an event, which is looked at and not changed.</summary>
    /// <param name="data">The event as it is after normalising and tagging.</param>
    /// <returns>At least one hash of 1 to 32 characters. The first is the primary hash; those behind it find a group where it does not.</returns>
    public IReadOnlyList<string> HashesOf(JsonObject data);
}
