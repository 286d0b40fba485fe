namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>A release of an organization.</summary>
internal sealed class ReleaseRow : BatchRow
{
    internal required long OrganizationId { get; init; }

    internal required string Version { get; init; }

    internal required DateTimeOffset DateAdded { get; init; }

    /// <summary>The place of the event in the batch for which the row is added, or -1: earlier events do not know it yet.</summary>
    internal int Since { get; init; } = -1;
}
