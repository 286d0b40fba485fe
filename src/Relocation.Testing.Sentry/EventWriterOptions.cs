using System.Text.Json.Nodes;

namespace Relocation.Testing;

/// <summary>How events are saved.</summary>
public sealed record EventWriterOptions
{
    /// <summary>
    /// The model set of the database: one of <see cref="SentryModel.Versions"/>. Tables that only events are written to are those of
    /// <see cref="SentryModel.Head"/> in each. Default: <see cref="SentryModel.Head"/>.
    /// </summary>
    public string Version { get; init; } = SentryModel.Head;

    /// <summary>Whether events are normalised already, and taken as they are (docs/events.md, What is repaired). Default: no.</summary>
    public bool AssumeNormalized { get; init; }

    /// <summary>
    /// Whether what follows the storing of an event is skipped: the stream's <c>skip_consume</c>, and the date of a project's first event stays
    /// empty. Default: no.
    /// </summary>
    public bool Raw { get; init; }

    /// <summary>Whether a project's first transaction leaves its flag <c>has_transactions</c> alone. Default: no.</summary>
    public bool SkipFirstTransaction { get; init; }

    /// <summary>Which events belong together. Default: <see cref="EventGrouping.Default"/>.</summary>
    public IEventGrouping Grouping { get; init; } = EventGrouping.Default;

    /// <summary>When counters and last sightings are written. Default: with the event.</summary>
    public EventBufferMode Buffer { get; init; }

    /// <summary>
    /// Whether releases are remembered for an hour, as Sentry's cache does: then a second project of an organization is not linked to a release that
    /// the first has just used, as upstream. Default: no.
    /// </summary>
    public bool RemembersReleases { get; init; }

    /// <summary>Whether payloads are kept as Sentry's own table has them, base64 of zlib of a line of JSON. Default: no, as JSON.</summary>
    public bool EncodesNodes { get; init; }

    /// <summary>
    /// More tags of an event; each is added where no tag has its key. The tag <c>url</c> comes by itself. Default: none.
    /// </summary>
    public Func<JsonObject, IEnumerable<KeyValuePair<string, string>>>? DeriveTags { get; init; }

    /// <summary>The address that events come from, for users without one. Default: nobody knows.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>What ids of events that have none are made of, with the clock's time and the event. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>The time at which events come in. Default: the machine's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Names of <see cref="EventWriter.LeftOut"/>: each is refused with its reason, so that nobody takes for granted what is not done. Default: none.
    /// </summary>
    public IReadOnlyCollection<string> With { get; init; } = [];
}
