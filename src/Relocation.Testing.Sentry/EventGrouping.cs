using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Grouping;

namespace Relocation.Testing;

/// <summary>
/// The grouping that is used when no other is given. Checksums and fingerprints give the hashes that they give in Sentry (docs/events.md,
/// Groups); the hash for <c>{{ default }}</c> is this library's own and does not reproduce Sentry's.
/// </summary>
/// <remarks>
/// The default is the types of all exceptions and the module and function of their frames: first of those in the application, then of all;
/// an event without exceptions is its message; one without either is nothing. Hashes are MD5, as Sentry's columns hold them.
/// </remarks>
public sealed class EventGrouping : IEventGrouping
{
    /// <summary>The grouping. It has no state and can be shared.</summary>
    public static EventGrouping Default { get; } = new();

    /// <summary>The distinct hashes of an event, the primary one first.</summary>
    /// <param name="data">The event as it is after normalising and tagging; it is not changed.</param>
    /// <returns>One or more hashes of at most 32 characters.</returns>
    public IReadOnlyList<string> HashesOf(JsonObject data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return EventHashes.Of(data);
    }
}
