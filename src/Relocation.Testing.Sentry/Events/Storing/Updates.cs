using static Relocation.Testing.Sentry.Events.Storing.CellKind;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>The rows that a batch changes, by key: one statement a table.</summary>
internal static class Updates
{
    internal static RowStatement Projects { get; } = new(
        "UPDATE sentry_project SET flags = r.c1, first_event = r.c2 FROM <rows> r WHERE sentry_project.id = r.c0",
        Integer,
        Integer,
        Instant);

    internal static RowStatement Counters { get; } = new(
        "UPDATE sentry_projectcounter SET value = r.c1 FROM <rows> r WHERE sentry_projectcounter.id = r.c0",
        Integer,
        Integer);

    /// <summary>What no index holds, but for how often a group was seen.</summary>
    internal static RowStatement Groups { get; } = OfGroups(string.Empty);

    /// <summary>The same with the last sighting, which most indexes of groups hold.</summary>
    internal static RowStatement GroupSightings { get; } = OfGroups(", last_seen = r.c6", Instant);

    /// <summary>The same as <see cref="Groups"/> with level and first sighting.</summary>
    internal static RowStatement GroupLevels { get; } = OfGroups(", level = r.c6, first_seen = r.c7", Integer, Instant);

    /// <summary>The same as <see cref="GroupSightings"/> with level and first sighting.</summary>
    internal static RowStatement GroupSightingsAndLevels { get; } =
        OfGroups(", last_seen = r.c6, level = r.c7, first_seen = r.c8", Instant, Integer, Instant);

    /// <summary>All that events change of a group, for those that they open again.</summary>
    internal static RowStatement GroupStates { get; } = OfGroups(
        ", last_seen = r.c6, level = r.c7, first_seen = r.c8, active_at = r.c9, status = r.c10, substatus = r.c11",
        Instant,
        Integer,
        Instant,
        Instant,
        Integer,
        Integer);

    internal static RowStatement GroupHashes { get; } = new(
        "UPDATE sentry_grouphash SET group_id = r.c1 FROM <rows> r WHERE sentry_grouphash.id = r.c0",
        Integer,
        Integer);

    internal static RowStatement ReleaseProjects { get; } = new(
        """
        UPDATE sentry_release_project SET new_groups = coalesce(new_groups, 0) + r.c1 FROM <rows> r WHERE sentry_release_project.id = r.c0
        """,
        Integer,
        Integer);

    internal static RowStatement GroupReleases { get; } = new(
        "UPDATE sentry_grouprelease SET last_seen = r.c1 FROM <rows> r WHERE sentry_grouprelease.id = r.c0",
        Integer,
        Instant);

    internal static RowStatement ReleaseEnvironments { get; } = new(
        "UPDATE sentry_environmentrelease SET last_seen = r.c1 FROM <rows> r WHERE sentry_environmentrelease.id = r.c0",
        Integer,
        Instant);

    /// <summary>A last sighting that stays is given as null.</summary>
    internal static RowStatement ReleaseProjectEnvironments { get; } = new(
        """
        UPDATE sentry_releaseprojectenvironment SET last_seen = coalesce(r.c1, last_seen), new_issues_count = new_issues_count + r.c2
        FROM <rows> r WHERE sentry_releaseprojectenvironment.id = r.c0
        """,
        Integer,
        Instant,
        Integer);

    internal static RowStatement Stream { get; } = new(
        """
        UPDATE event_stream SET "timestamp" = r.c1, group_id = r.c2, type = r.c3, platform = r.c4, message = r.c5, primary_hash = r.c6, release = r.c7,
          environment = r.c8, data = r.c9, state = r.c10, seq = r.c11, inserts = r.c12
        FROM <rows> r WHERE event_stream.id = r.c0
        """,
        Integer,
        Instant,
        Integer,
        Text,
        Text,
        Document,
        Text,
        Text,
        Text,
        Document,
        Document,
        Integer,
        Integer);

    internal static RowStatement Activities { get; } = new(
        "UPDATE sentry_activity SET data = r.c1 FROM <rows> r WHERE sentry_activity.id = r.c0",
        Integer,
        Text);

    internal static RowStatement RemovedResolutions { get; } = new(
        "DELETE FROM sentry_groupresolution WHERE id IN (SELECT r.c0 FROM <rows> r)",
        Integer);

    /// <summary>
    /// A group has many indexes, of which a statement writes those whose columns it names; so there is one for each set of columns that change.
    /// </summary>
    private static RowStatement OfGroups(string more, params CellKind[] cells) => new(
        $"""
        UPDATE sentry_groupedmessage SET message = r.c1, "view" = r.c2, data = r.c3, times_seen = r.c4, score = r.c5{more}
        FROM <rows> r WHERE sentry_groupedmessage.id = r.c0
        """,
        [Integer, Document, Text, Document, Integer, Integer, .. cells]);
}
