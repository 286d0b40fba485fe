namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>The link between a group and an environment.</summary>
internal sealed class GroupEnvironmentRow : BatchRow
{
    internal required GroupRow Group { get; init; }

    internal required EnvironmentRow Environment { get; init; }

    internal ReleaseRow? FirstRelease { get; init; }

    internal DateTimeOffset FirstSeen { get; init; }
}
