using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>A note beside a group: that it regressed, or, where found, that it was resolved in a release.</summary>
internal sealed class ActivityRow : BatchRow
{
    internal required GroupRow Group { get; init; }

    internal DateTimeOffset Date { get; init; }

    internal required JsonObject Data { get; set; }
}
