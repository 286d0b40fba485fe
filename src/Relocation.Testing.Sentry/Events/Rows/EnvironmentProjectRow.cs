namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>The link between an environment and a project.</summary>
internal sealed class EnvironmentProjectRow : BatchRow
{
    internal required long ProjectId { get; init; }

    internal required EnvironmentRow Environment { get; init; }
}
