namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>A row that says when something was first and last seen with a release: of an environment, a project, a group.</summary>
internal sealed class SeenRow : BatchRow
{
    /// <summary>A last sighting moves only when it is older by more than this.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(60);

    internal required ReleaseRow Release { get; init; }

    /// <summary>The environment, of a new row.</summary>
    internal EnvironmentRow? Environment { get; init; }

    internal long ProjectId { get; init; }

    /// <summary>The group, where the row is of one.</summary>
    internal GroupRow? Group { get; init; }

    internal DateTimeOffset FirstSeen { get; init; }

    internal required DateTimeOffset LastSeen { get; set; }

    /// <summary>The place of the event in the batch for which the row is added.</summary>
    internal int Index { get; init; }

    /// <summary>Whether the last sighting is to be written.</summary>
    internal bool IsMoved { get; set; }

    /// <summary>How many groups are new here, more than the row says.</summary>
    internal int MoreIssues { get; set; }

    /// <summary>Whether an event of that time moves the last sighting.</summary>
    internal bool IsMovedBy(DateTimeOffset time) => LastSeen < time - Slack;

    internal void MoveTo(DateTimeOffset time)
    {
        LastSeen = time;
        IsMoved = true;
        IsChanged = true;
    }
}
