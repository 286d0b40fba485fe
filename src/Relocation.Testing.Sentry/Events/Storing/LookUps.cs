using static Relocation.Testing.Sentry.Events.Storing.CellKind;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>What a batch asks the database: one query a table, whatever the number of events.</summary>
/// <remarks>
/// Rows of organizations and projects are locked in the order of their keys, so that of two writers to one organization the second waits and
/// then finds what the first has written.
/// </remarks>
internal static class LookUps
{
    /// <summary>Asked for by project.</summary>
    internal static RowStatement Projects { get; } = new(
        """
        SELECT p.id, p.organization_id, p.slug, p.flags, p.first_event
        FROM <rows> r CROSS JOIN sentry_project p CROSS JOIN sentry_organization o
        WHERE p.id = r.c0 AND o.id = p.organization_id <lock o.id, p.id: o, p>
        """,
        Integer);

    /// <summary>Asked for by project.</summary>
    internal static RowStatement ProjectOptions { get; } = new(
        """
        SELECT t.project_id, t."key", t.value FROM <rows> r CROSS JOIN sentry_projectoptions t
        WHERE t.project_id = r.c0 AND t."key" IN ('sentry:resolve_age', 'sentry:store_crash_reports', 'sentry:grouping_config')
        """,
        Integer);

    /// <summary>Asked for by organization.</summary>
    internal static RowStatement OrganizationOptions { get; } = new(
        """
        SELECT t.organization_id, t.value FROM <rows> r CROSS JOIN sentry_organizationoptions t
        WHERE t.organization_id = r.c0 AND t."key" = 'sentry:store_crash_reports'
        """,
        Integer);

    /// <summary>Asked for by project, organization and version.</summary>
    internal static RowStatement Releases { get; } = new(
        """
        SELECT r.c0, t.organization_id, t.version, t.id, t.date_added, l.id
        FROM <rows> r CROSS JOIN sentry_release t LEFT JOIN sentry_release_project l ON l.project_id = r.c0 AND l.release_id = t.id
        WHERE t.organization_id = r.c1 AND t.version = r.c2
        """,
        Integer,
        Integer,
        Text);

    /// <summary>Asked for by release and name.</summary>
    internal static RowStatement Distributions { get; } = new(
        "SELECT t.release_id, t.name, t.id FROM <rows> r CROSS JOIN sentry_distribution t WHERE t.release_id = r.c0 AND t.name = r.c1",
        Integer,
        Text);

    /// <summary>Asked for by organization and name.</summary>
    internal static RowStatement Environments { get; } = new(
        "SELECT t.organization_id, t.name, t.id FROM <rows> r CROSS JOIN sentry_environment t WHERE t.organization_id = r.c0 AND t.name = r.c1",
        Integer,
        Text);

    /// <summary>Asked for by project and environment.</summary>
    internal static RowStatement EnvironmentProjects { get; } = new(
        """
        SELECT t.project_id, t.environment_id, t.id FROM <rows> r CROSS JOIN sentry_environmentproject t
        WHERE t.project_id = r.c0 AND t.environment_id = r.c1
        """,
        Integer,
        Integer);

    /// <summary>Asked for by project and hash.</summary>
    internal static RowStatement GroupHashes { get; } = new(
        """
        SELECT t.project_id, t.hash, t.id, t.group_id, t.group_tombstone_id, t.state FROM <rows> r CROSS JOIN sentry_grouphash t
        WHERE t.project_id = r.c0 AND t.hash = r.c1 <lock t.id: t>
        """,
        Integer,
        Text);

    /// <summary>Asked for by group.</summary>
    internal static RowStatement Groups { get; } = new(
        """
        SELECT t.id, t.project_id, t.short_id, t.type, t.status, t.substatus, t.level, t.message, t."view", t.data, t.first_seen, t.last_seen,
        t.active_at, t.times_seen, t.score
        FROM <rows> r CROSS JOIN sentry_groupedmessage t WHERE t.id = r.c0 <lock t.id: t>
        """,
        Integer);

    /// <summary>Asked for by project: the counter, the highest short id and the lowest one that the counter has not reached.</summary>
    internal static RowStatement Counters { get; } = new(
        """
        SELECT r.c0, c.id, c.value, (SELECT max(g.short_id) FROM sentry_groupedmessage g WHERE g.project_id = r.c0),
        (SELECT min(g.short_id) FROM sentry_groupedmessage g WHERE g.project_id = r.c0 AND g.short_id > coalesce(c.value, 0))
        FROM <rows> r LEFT JOIN sentry_projectcounter c ON c.project_id = r.c0
        """,
        Integer);

    /// <summary>Asked for by group and environment.</summary>
    internal static RowStatement GroupEnvironments { get; } = new(
        """
        SELECT t.group_id, t.environment_id, t.id FROM <rows> r CROSS JOIN sentry_groupenvironment t
        WHERE t.group_id = r.c0 AND t.environment_id = r.c1
        """,
        Integer,
        Integer);

    /// <summary>Asked for by group, release and name of the environment.</summary>
    internal static RowStatement GroupReleases { get; } = new(
        """
        SELECT t.group_id, t.release_id, t.environment, t.id, t.last_seen FROM <rows> r CROSS JOIN sentry_grouprelease t
        WHERE t.group_id = r.c0 AND t.release_id = r.c1 AND t.environment = r.c2
        """,
        Integer,
        Integer,
        Text);

    /// <summary>Asked for by organization, release and environment.</summary>
    internal static RowStatement ReleaseEnvironments { get; } = new(
        """
        SELECT t.release_id, t.environment_id, t.id, t.last_seen FROM <rows> r CROSS JOIN sentry_environmentrelease t
        WHERE t.organization_id = r.c0 AND t.release_id = r.c1 AND t.environment_id = r.c2
        """,
        Integer,
        Integer,
        Integer);

    /// <summary>Asked for by project, release and environment.</summary>
    internal static RowStatement ReleaseProjectEnvironments { get; } = new(
        """
        SELECT t.project_id, t.release_id, t.environment_id, t.id, t.last_seen FROM <rows> r CROSS JOIN sentry_releaseprojectenvironment t
        WHERE t.project_id = r.c0 AND t.release_id = r.c1 AND t.environment_id = r.c2
        """,
        Integer,
        Integer,
        Integer);

    /// <summary>Asked for by project, day and event.</summary>
    internal static RowStatement Stream { get; } = new(
        """
        SELECT t.project_id, t.day, t.event_id, t.id, t.inserts FROM <rows> r CROSS JOIN event_stream t
        WHERE t.project_id = r.c0 AND t.day = r.c1 AND t.event_id = r.c2
        """,
        Integer,
        Text,
        Text);

    /// <summary>Asked for by path.</summary>
    internal static RowStatement Blobs { get; } = new("SELECT t.path FROM <rows> r CROSS JOIN event_blob t WHERE t.path = r.c0", Text);

    /// <summary>Asked for by group: how many crash reports it has.</summary>
    internal static RowStatement CrashReports { get; } = new(
        """
        SELECT t.group_id, count(*) FROM <rows> r CROSS JOIN sentry_eventattachment t
        WHERE t.group_id = r.c0 AND t.type IN ('event.minidump', 'event.applecrashreport') GROUP BY t.group_id
        """,
        Integer);

    /// <summary>Asked for by group: the release that it was resolved in, and the release that was the current one then.</summary>
    internal static RowStatement Resolutions { get; } = new(
        """
        SELECT t.group_id, t.id, t.type, t.current_release_version, n.id, n.version, n.date_added, c.id, c.date_added
        FROM <rows> r CROSS JOIN sentry_groupresolution t CROSS JOIN sentry_release n
        LEFT JOIN sentry_release c ON c.organization_id = n.organization_id AND c.version = t.current_release_version
        WHERE t.group_id = r.c0 AND n.id = t.release_id
        """,
        Integer);

    /// <summary>Asked for by group: what was noted when it was resolved in a release, the newest last.</summary>
    internal static RowStatement ResolvedActivities { get; } = new(
        """
        SELECT t.group_id, t.ident, t.id, t.data FROM <rows> r CROSS JOIN sentry_activity t
        WHERE t.group_id = r.c0 AND t.type = 13 AND t.ident IS NOT NULL ORDER BY t.datetime, t.id
        """,
        Integer);

    /// <summary>
    /// Asked for by group: those whose newest commit that resolves them is in no release, nor any commit of a pull request that holds it.
    /// </summary>
    internal static RowStatement PendingCommits { get; } = new(
        """
        SELECT t.group_id FROM <rows> r CROSS JOIN sentry_grouplink t
        WHERE t.group_id = r.c0 AND t.linked_type = 1 AND t.relationship = 1
        AND NOT EXISTS (SELECT 1 FROM sentry_grouplink n WHERE n.group_id = t.group_id AND n.linked_type = 1 AND n.relationship = 1
          AND (n.datetime > t.datetime OR (n.datetime = t.datetime AND n.id > t.id)))
        AND NOT EXISTS (SELECT 1 FROM sentry_releasecommit c WHERE c.commit_id = t.linked_id)
        AND NOT EXISTS (SELECT 1 FROM sentry_pullrequest_commit a JOIN sentry_pullrequest_commit b ON b.pull_request_id = a.pull_request_id
          JOIN sentry_releasecommit c ON c.commit_id = b.commit_id WHERE a.commit_id = t.linked_id)
        """,
        Integer);

    /// <summary>Asked for by group: when and how it was resolved, the newest last.</summary>
    internal static RowStatement ResolvedHistories { get; } = new(
        """
        SELECT t.group_id, t.id, t.date_added FROM <rows> r CROSS JOIN sentry_grouphistory t
        WHERE t.group_id = r.c0 AND t.status IN (1, 2, 11, 12, 13) ORDER BY t.date_added, t.id
        """,
        Integer);

    /// <summary>Asked for by project: its newest open releases, the newest first; of those of one moment the one that came last.</summary>
    internal static RowStatement NewestReleases { get; } = new(
        """
        SELECT n.project_id, n.version, n.date_added, n.id FROM (
          SELECT l.project_id, t.version, t.date_added, t.id,
            row_number() OVER (PARTITION BY l.project_id ORDER BY t.date_added DESC, t.id DESC) AS place
          FROM <rows> r CROSS JOIN sentry_release_project l CROSS JOIN sentry_release t
          WHERE l.project_id = r.c0 AND t.id = l.release_id AND coalesce(t.status, 0) = 0) n
        WHERE n.place <= 10 ORDER BY n.project_id, n.place
        """,
        Integer);
}
