namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>The release that a group was resolved in.</summary>
internal sealed class ResolutionRow : BatchRow
{
    internal required long? Type { get; init; }

    internal required long ReleaseId { get; init; }

    internal required string ReleaseVersion { get; init; }

    internal required DateTimeOffset ReleaseDate { get; init; }

    /// <summary>The version that was the current one, or null or empty.</summary>
    internal required string? CurrentVersion { get; init; }

    /// <summary>The release of that version, where the database has it.</summary>
    internal required long? CurrentId { get; init; }

    internal required DateTimeOffset? CurrentDate { get; init; }
}
