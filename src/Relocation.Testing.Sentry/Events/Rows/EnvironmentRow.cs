namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>An environment of an organization; the one of events without environment has an empty name.</summary>
internal sealed class EnvironmentRow : BatchRow
{
    internal required long OrganizationId { get; init; }

    internal required string Name { get; init; }

    internal DateTimeOffset DateAdded { get; init; }
}
