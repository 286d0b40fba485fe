using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Describing;

/// <summary>What an event is called where it is listed (event specification, 4.6; addendum, E-27 to E-29).</summary>
/// <param name="Type">The event's type, <c>default</c> where the payload names none.</param>
/// <param name="Metadata">The metadata by type, under what the payload's own says; of nobody yet.</param>
/// <param name="Title">The title, never empty unless the payload says so.</param>
/// <param name="Location">Where it happened: a file, an address, a transaction; or null.</param>
/// <param name="Culprit">The code that is to blame, or empty.</param>
internal sealed record EventDescription(string Type, JsonObject Metadata, string Title, string? Location, string Culprit)
{
    /// <summary>The longest search message, in characters.</summary>
    internal const int LongestMessage = 8192;

    /// <summary>Describes an event, which is looked at and not changed.</summary>
    /// <param name="data">The payload.</param>
    /// <exception cref="EventRefusedException">The payload names a type that there is not, which normalising would have mended (E-53).</exception>
    internal static EventDescription Describe(JsonObject data) => throw new NotImplementedException();

    /// <summary>Writes type, culprit, metadata, title and location into the payload. The metadata belongs to the payload from then on.</summary>
    internal void WriteTo(JsonObject data) => throw new NotImplementedException();

    /// <summary>The text by which the event's group is searched, and which the group keeps as its message (E-36).</summary>
    internal string SearchMessage(JsonObject data) => throw new NotImplementedException();
}
