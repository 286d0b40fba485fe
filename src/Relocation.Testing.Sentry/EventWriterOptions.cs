using System.Text.Json.Nodes;

namespace Relocation.Testing;

/// <summary>How events are saved.</summary>
public sealed record EventWriterOptions
{
    /// <summary>
    /// The model set of the database: one of <see cref="SentryModel.Versions"/>. Tables that only events are written to are those of <see
    /// cref="SentryModel.Head"/> in every version. Default: <see cref="SentryModel.Head"/>.
    /// </summary>
    public string Version { get; init; } = SentryModel.Head;

    /// <summary>Whether events are already normalised, and saved as they are (docs/events.md, What is repaired). Default: no.</summary>
    public bool AssumeNormalized { get; init; }

    /// <summary>
    /// Whether follow-up work is skipped: the stream's <c>skip_consume</c> is set, and the date of a project's first event stays empty.
    /// Default: no.
    /// </summary>
    public bool Raw { get; init; }

    /// <summary>Whether a project's first transaction leaves its flag <c>has_transactions</c> unchanged. Default: no.</summary>
    public bool SkipFirstTransaction { get; init; }

    /// <summary>How events are grouped. Default: <see cref="EventGrouping.Default"/>.</summary>
    public IEventGrouping Grouping { get; init; } = EventGrouping.Default;

    /// <summary>When counters and last sightings are written. Default: with the event.</summary>
    public EventBufferMode Buffer { get; init; }

    /// <summary>
    /// Whether releases are cached for an hour, as in Sentry: then a second project of an organization is not linked to a release that the
    /// first has just used. Default: no.
    /// </summary>
    public bool RemembersReleases { get; init; }

    /// <summary>Whether payloads are stored as in Sentry's own table, as base64 of zlib of a line of JSON. Default: no, as JSON.</summary>
    public bool EncodesNodes { get; init; }

    /// <summary>More tags of an event; each is added if no tag has its key. The tag <c>url</c> is always added. Default: none.</summary>
    public Func<JsonObject, IEnumerable<KeyValuePair<string, string>>>? DeriveTags { get; init; }

    /// <summary>The address that events come from, for users without one. Default: unknown.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>The seed of ids for events without one, together with the clock and the event. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>The clock that says when events arrive. Default: the machine's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Names of <see cref="EventWriter.LeftOut"/> that are required: each is refused with its reason, so that a missing feature is noticed.
    /// Default: none.
    /// </summary>
    public IReadOnlyCollection<string> With { get; init; } = [];
}
