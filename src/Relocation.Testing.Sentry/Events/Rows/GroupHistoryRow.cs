namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>The entry of a group's history that says that it regressed.</summary>
internal sealed class GroupHistoryRow : BatchRow
{
    internal required ProjectRow Project { get; init; }

    internal required GroupRow Group { get; init; }

    internal required ReleaseRow? Release { get; init; }

    internal required long? PreviousId { get; init; }

    internal required DateTimeOffset? PreviousDate { get; init; }

    internal required DateTimeOffset Date { get; init; }
}
