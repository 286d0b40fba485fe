namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>A distribution of a release.</summary>
internal sealed class DistributionRow : BatchRow
{
    internal required ReleaseRow Release { get; init; }

    internal required string Name { get; init; }

    internal required DateTimeOffset DateAdded { get; init; }
}
