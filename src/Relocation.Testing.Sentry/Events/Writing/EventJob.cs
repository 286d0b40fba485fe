using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>One event on its way through the steps (docs/events.md, What is done).</summary>
internal sealed class EventJob
{
    /// <summary>The place of the event in its batch.</summary>
    internal required int Index { get; init; }

    internal required EventInput Input { get; init; }

    /// <summary>When it came in.</summary>
    internal required DateTimeOffset Now { get; init; }

    internal required string EventId { get; init; }

    internal required string Type { get; init; }

    /// <summary>When it happened.</summary>
    internal required DateTimeOffset Time { get; init; }

    /// <summary>The day of <see cref="Time"/> in UTC.</summary>
    internal required string Day { get; init; }

    internal required EventTexts Texts { get; init; }

    internal JsonObject Data => Input.Data;

    internal bool IsTransaction => Type == "transaction";

    internal bool IsGeneric => Type == "generic";

    /// <summary>Whether the event goes to a group: all that are neither transactions nor generic.</summary>
    internal bool IsOfErrors => !IsTransaction && !IsGeneric;

    internal ProjectRow Project { get; set; } = null!;

    /// <summary>The release's row; null where the event has none, or none that can be stored.</summary>
    internal ReleaseRow? Release { get; set; }

    internal EnvironmentRow? Environment { get; set; }

    /// <summary>What it is called; null where nothing describes it.</summary>
    internal EventDescription? Description { get; set; }

    internal string SearchMessage { get; set; } = string.Empty;

    internal IReadOnlyList<string> HashTexts { get; set; } = [];

    internal IReadOnlyList<GroupHashRow> Hashes { get; set; } = [];

    internal EventOutcome Outcome { get; set; }

    internal string? Reason { get; set; }

    internal long? TombstoneId { get; set; }

    internal GroupRow? Group { get; set; }

    internal bool IsNew { get; set; }

    internal bool IsRegression { get; set; }

    internal bool IsNewGroupEnvironment { get; set; }

    internal SeenRow? GroupRelease { get; set; }

    /// <summary>How often the group was seen before.</summary>
    internal long TimesSeen { get; set; }

    /// <summary>The payload as it was when the event was described, as text; null where it is written later.</summary>
    internal PayloadDraft? Draft { get; set; }

    /// <summary>The payload for the stream.</summary>
    internal DocumentRange StreamPayload { get; set; }

    /// <summary>What the node keeps.</summary>
    internal DocumentRange NodeContent { get; set; }

    internal string? PrimaryHash => HashTexts.Count > 0 ? HashTexts[0] : null;

    /// <summary>What the caller is told, when all keys are known.</summary>
    internal EventResult ToResult() => new(
        this,
        Group is null ? null : new EventGroupInfo(Group.Id, Group.ShortId, IsNew, IsRegression, IsNewGroupEnvironment, GroupRelease?.Id, TimesSeen));
}
