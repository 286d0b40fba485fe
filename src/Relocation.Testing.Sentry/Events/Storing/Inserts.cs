using static Relocation.Testing.Sentry.Events.Storing.CellKind;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>The rows that a batch adds: one statement a table, with keys that <see cref="EventSql.NextKeys"/> has handed out.</summary>
internal static class Inserts
{
    internal static RowStatement Releases { get; } = new(
        """
        INSERT INTO sentry_release (id, organization_id, version, date_added, package, major, minor, patch, revision, prerelease, build_code,
          build_number, status, data, new_groups, commit_count, authors, total_deploys)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, r.c11, 0, '{}', 0, 0, <none>, 0 FROM <rows> r
        """,
        Integer,
        Integer,
        Text,
        Instant,
        Text,
        Integer,
        Integer,
        Integer,
        Integer,
        Text,
        Text,
        Integer);

    internal static RowStatement ReleaseProjects { get; } = new(
        "INSERT INTO sentry_release_project (id, project_id, release_id, new_groups) <given>SELECT r.c0, r.c1, r.c2, r.c3 FROM <rows> r",
        Integer,
        Integer,
        Integer,
        Integer);

    internal static RowStatement Distributions { get; } = new(
        """
        INSERT INTO sentry_distribution (id, organization_id, release_id, name, date_added)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4 FROM <rows> r
        """,
        Integer,
        Integer,
        Integer,
        Text,
        Instant);

    internal static RowStatement Environments { get; } = new(
        "INSERT INTO sentry_environment (id, organization_id, name, date_added) <given>SELECT r.c0, r.c1, r.c2, r.c3 FROM <rows> r",
        Integer,
        Integer,
        Text,
        Instant);

    internal static RowStatement EnvironmentProjects { get; } = new(
        "INSERT INTO sentry_environmentproject (id, project_id, environment_id) <given>SELECT r.c0, r.c1, r.c2 FROM <rows> r",
        Integer,
        Integer,
        Integer);

    internal static RowStatement Groups { get; } = new(
        """
        INSERT INTO sentry_groupedmessage (id, project_id, short_id, logger, level, message, "view", platform, status, substatus, times_seen,
          last_seen, first_seen, first_release_id, active_at, score, data, priority, num_comments, time_spent_total, time_spent_count, is_public, type)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, r.c11, r.c12, r.c13, r.c14, r.c15, r.c16, r.c17,
          0, 0, 0, false, 1 FROM <rows> r
        """,
        Integer,
        Integer,
        Integer,
        Text,
        Integer,
        Text,
        Text,
        Text,
        Integer,
        Integer,
        Integer,
        Instant,
        Instant,
        Integer,
        Instant,
        Integer,
        Document,
        Integer);

    internal static RowStatement GroupHashes { get; } = new(
        "INSERT INTO sentry_grouphash (id, project_id, hash, group_id) <given>SELECT r.c0, r.c1, r.c2, r.c3 FROM <rows> r",
        Integer,
        Integer,
        Text,
        Integer);

    internal static RowStatement Counters { get; } = new(
        "INSERT INTO sentry_projectcounter (id, project_id, value) <given>SELECT r.c0, r.c1, r.c2 FROM <rows> r",
        Integer,
        Integer,
        Integer);

    internal static RowStatement GroupEnvironments { get; } = new(
        """
        INSERT INTO sentry_groupenvironment (id, group_id, environment_id, first_release_id, first_seen)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4 FROM <rows> r
        """,
        Integer,
        Integer,
        Integer,
        Integer,
        Instant);

    internal static RowStatement GroupReleases { get; } = new(
        """
        INSERT INTO sentry_grouprelease (id, project_id, group_id, release_id, environment, first_seen, last_seen)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6 FROM <rows> r
        """,
        Integer,
        Integer,
        Integer,
        Integer,
        Text,
        Instant,
        Instant);

    internal static RowStatement ReleaseEnvironments { get; } = new(
        """
        INSERT INTO sentry_environmentrelease (id, organization_id, release_id, environment_id, first_seen, last_seen)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4, r.c5 FROM <rows> r
        """,
        Integer,
        Integer,
        Integer,
        Integer,
        Instant,
        Instant);

    internal static RowStatement ReleaseProjectEnvironments { get; } = new(
        """
        INSERT INTO sentry_releaseprojectenvironment (id, project_id, release_id, environment_id, new_issues_count, first_seen, last_seen)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6 FROM <rows> r
        """,
        Integer,
        Integer,
        Integer,
        Integer,
        Integer,
        Instant,
        Instant);

    /// <summary>A node is known by its text alone; the later payload takes the place of the earlier one.</summary>
    internal static RowStatement Nodes { get; } = new(
        """
        INSERT INTO nodestore_node (id, data, "timestamp") SELECT r.c0, r.c1, r.c2 FROM <rows> r WHERE true
        ON CONFLICT (id) DO UPDATE SET data = excluded.data, "timestamp" = excluded."timestamp"
        """,
        Text,
        Document,
        Instant);

    internal static RowStatement Stream { get; } = new(
        """
        INSERT INTO event_stream (id, project_id, day, event_id, organization_id, "timestamp", group_id, type, platform, message, primary_hash, release,
          environment, data, state, seq, inserts)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, r.c11, r.c12, r.c13, r.c14, r.c15, r.c16 FROM <rows> r
        """,
        [Integer, .. StreamCells]);

    internal static RowStatement StreamLog { get; } = new(
        """
        INSERT INTO event_stream_log (id, project_id, day, event_id, "timestamp", group_id, primary_hash, state)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7 FROM <rows> r
        """,
        Integer,
        Integer,
        Text,
        Text,
        Instant,
        Integer,
        Text,
        Document);

    internal static RowStatement Activities { get; } = new(
        """
        INSERT INTO sentry_activity (id, project_id, group_id, type, datetime, data)
        <given>SELECT r.c0, r.c1, r.c2, 6, r.c3, r.c4 FROM <rows> r
        """,
        Integer,
        Integer,
        Integer,
        Instant,
        Text);

    internal static RowStatement GroupHistories { get; } = new(
        """
        INSERT INTO sentry_grouphistory (id, organization_id, group_id, project_id, release_id, status, prev_history_id, prev_history_date, date_added)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4, 7, r.c5, r.c6, r.c7 FROM <rows> r
        """,
        Integer,
        Integer,
        Integer,
        Integer,
        Integer,
        Integer,
        Instant,
        Instant);

    internal static RowStatement Attachments { get; } = new(
        """
        INSERT INTO sentry_eventattachment (id, project_id, group_id, event_id, type, name, content_type, size, sha1, date_added, blob_path)
        <given>SELECT r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10 FROM <rows> r
        """,
        Integer,
        Integer,
        Integer,
        Text,
        Text,
        Text,
        Text,
        Integer,
        Text,
        Instant,
        Text);

    /// <summary>Organizations share contents, and writers to two of them do not wait for each other: what another has just stored is the same.</summary>
    internal static RowStatement Blobs { get; } = new(
        "INSERT INTO event_blob (id, path, data) <given>SELECT r.c0, r.c1, r.c2 FROM <rows> r WHERE true ON CONFLICT (path) DO NOTHING",
        Integer,
        Text,
        Document);

    /// <summary>A row of the stream without its key.</summary>
    private static CellKind[] StreamCells =>
    [
        Integer, Text, Text, Integer, Instant, Integer, Text, Text, Document, Text, Text, Text, Document, Document, Integer, Integer,
    ];
}
