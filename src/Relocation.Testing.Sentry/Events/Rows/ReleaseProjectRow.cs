namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>The link between a release and a project.</summary>
internal sealed class ReleaseProjectRow : BatchRow
{
    internal required long ProjectId { get; init; }

    internal required ReleaseRow Release { get; init; }

    /// <summary>How many groups are new in the release, more than the row says.</summary>
    internal int MoreGroups { get; set; }

    /// <summary>The place of the event in the batch for which the row is added, or -1.</summary>
    internal int Since { get; init; } = -1;
}
