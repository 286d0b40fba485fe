using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>The list of what is left out, of normalising and of all other steps.</summary>
internal static class LeftOutFeatures
{
    private static readonly EventLeftOut[] OfSaving =
    [
        new("alert-rule-activation", "New rows of releases and projects set off alert rules through subscriptions of a service that is not here."),
        new("background-grouping", "Experiments that compare groupings change no row."),
        new("cache-of-environments", "It changes nothing but speed; that of releases does: see RemembersReleases."),
        new("dynamic-sampling", "What is sampled is decided where events come in, which is not here."),
        new("event-users", "Versions from 23.12.0 on have no table of them; the tag sentry:user says who it was."),
        new("event-user-reports", "Reports of users are joined with events by a task that runs afterwards."),
        new("first-event-receivers", "Rows of onboarding that receivers write are not of events (the project's own date and flags are set)."),
        new("grouping-upgrade", "It changes options of projects, which relocation moves, and writes to the audit log."),
        new("hierarchical-grouping", "Hashes of levels belong to a grouping that was removed."),
        new("insight-flags", "Flags of insight modules are set by receivers that read spans of products not described here."),
        new("integration-sync", "Issues of other services are not reached from a test database."),
        new("legacy-grouping-path", "With one grouping and no transition it gives the same rows, except for titles that grouping rules change."),
        new("load-shedding", "A switch for operating Sentry discards new groups; a test can do the same with a tombstone."),
        new("metrics", "Measuring Sentry itself leaves no row."),
        new("minified-stack-trace-flag", "When the flag is set is not described."),
        new("outcomes", "Counting what was accepted is billing; no table here reads it."),
        new("performance-problems", "Problems found in transactions go to another part of the application."),
        new("plugin-tags-of-user-agents", "Tags browser, os and device need the pattern database of user agents; DeriveTags takes any."),
        new("post-process-forwarder", "What is triggered by the stream is not events' saving; the stream's state says what it would be told."),
        new("quotas", "Nothing is limited, so nothing is refunded."),
        new("reprocessing", "Events of a test are never saved again by the application itself."),
        new("secondary-grouping", "A project changes its grouping in production, step by step; a test says which it wants."),
        new("seer-similarity", "Similar groups are found by a remote service that plain installations do not have."),
        new("severity", "The severity of a group is scored by a remote service; priorities go by the level alone."),
        new("short-id-timeout", "A counter that cannot be reached in time fails the call, and not one event of it."),
        new("signals", "Receivers run in the application; what they would write to the project is written."),
        new("snooze-conditions", "A group that is ignored cannot regress, whatever becomes of its snooze: the update is guarded by its state."),
        new("time-series", "Counts over time are in another store, and follow from event_stream."),
        new("unprocessed-payload", "The payload before processing is in a cache of the application's."),
    ];

    /// <summary>All features, by name.</summary>
    internal static IReadOnlyList<EventLeftOut> All { get; } =
    [
        .. OfSaving.Concat(LeftOutSteps.All.Select(step => new EventLeftOut(step.Name, step.Reason)))
            .OrderBy(feature => feature.Name, StringComparer.Ordinal),
    ];

    /// <summary>Refuses whatever is asked for.</summary>
    /// <exception cref="ArgumentException">There is nothing of that name.</exception>
    /// <exception cref="NotSupportedException">It is left out.</exception>
    internal static void Refuse(IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            throw All.FirstOrDefault(feature => feature.Name == name) is { } feature
                ? Errors.EventFeatureLeftOut(feature)
                : Errors.UnknownEventFeature(name, All.Select(known => known.Name), nameof(EventWriterOptions.With));
        }
    }
}
