using System.Text.Json.Nodes;

namespace Relocation.Testing.Cli.Eventing;

/// <summary>An event and where it begins in its file.</summary>
internal sealed record PlacedEvent(JsonObject Data, RecordPlace Place)
{
    /// <summary>The same place, extended by a place within the event.</summary>
    internal RecordPlace At(string pointer) => Place with { Pointer = Place.Pointer + pointer };
}
