namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>All rows that one batch knows.</summary>
internal sealed class BatchRows
{
    internal Dictionary<long, ProjectRow> Projects { get; } = [];

    /// <summary>By organization and version.</summary>
    internal RowTable<(long Organization, string Version), ReleaseRow> Releases { get; } = new();

    internal RowTable<(long Project, ReleaseRow Release), ReleaseProjectRow> ReleaseProjects { get; } = new();

    internal RowTable<(ReleaseRow Release, string Name), DistributionRow> Distributions { get; } = new();

    /// <summary>By organization and name.</summary>
    internal RowTable<(long Organization, string Name), EnvironmentRow> Environments { get; } = new();

    internal RowTable<(long Project, EnvironmentRow Environment), EnvironmentProjectRow> EnvironmentProjects { get; } = new();

    /// <summary>By project and hash.</summary>
    internal RowTable<(long Project, string Hash), GroupHashRow> Hashes { get; } = new();

    /// <summary>By their keys, those that were found; new ones have none yet.</summary>
    internal Dictionary<long, GroupRow> FoundGroups { get; } = [];

    internal List<GroupRow> NewGroups { get; } = [];

    /// <summary>By project.</summary>
    internal RowTable<long, CounterRow> Counters { get; } = new();

    internal RowTable<(GroupRow Group, EnvironmentRow Environment), GroupEnvironmentRow> GroupEnvironments { get; } = new();

    internal RowTable<(GroupRow Group, ReleaseRow Release, string Environment), SeenRow> GroupReleases { get; } = new();

    internal RowTable<(ReleaseRow Release, EnvironmentRow Environment), SeenRow> ReleaseEnvironments { get; } = new();

    internal RowTable<(long Project, ReleaseRow Release, EnvironmentRow Environment), SeenRow> ReleaseProjectEnvironments { get; } = new();

    internal List<ActivityRow> NewActivities { get; } = [];

    /// <summary>Notes of groups that were resolved, which are changed.</summary>
    internal List<ActivityRow> ChangedActivities { get; } = [];

    internal List<GroupHistoryRow> NewHistories { get; } = [];

    internal List<ResolutionRow> RemovedResolutions { get; } = [];

    /// <summary>By project, day and event.</summary>
    internal RowTable<(long Project, string Day, string EventId), StreamRow> Stream { get; } = new();

    internal List<StreamLogRow> StreamLog { get; } = [];

    /// <summary>The latest event of each project and id, whatever its day.</summary>
    internal Dictionary<(long Project, string EventId), Writing.EventJob> Nodes { get; } = [];

    internal List<AttachmentRow> Attachments { get; } = [];

    /// <summary>By path.</summary>
    internal RowTable<string, BlobRow> Blobs { get; } = new();
}
