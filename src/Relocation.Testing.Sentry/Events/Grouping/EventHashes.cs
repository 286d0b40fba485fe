using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Grouping;

/// <summary>The hashes of an event from its checksum, fingerprint and content (event specification, 6.2; addendum, E-32, E-34, E-35).</summary>
internal static class EventHashes
{
    /// <summary>Writes <c>grouping_config</c>, <c>fingerprint</c> where there is none, and <c>hashes</c> into the payload; nothing else is changed (E-31).</summary>
    /// <param name="data">The payload.</param>
    /// <param name="grouping">Gives the hashes; doubles are dropped.</param>
    /// <param name="configuration">The id of the project's grouping configuration.</param>
    /// <returns>The hashes, the primary one first.</returns>
    /// <exception cref="InvalidOperationException">The grouping gave no hash, an empty one, or one of more than 32 characters.</exception>
    internal static IReadOnlyList<string> Apply(JsonObject data, IEventGrouping grouping, string configuration) => throw new NotImplementedException();

    /// <summary>The hashes of <see cref="EventGrouping"/>.</summary>
    internal static IReadOnlyList<string> Of(JsonObject data) => throw new NotImplementedException();
}
