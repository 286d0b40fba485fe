namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>A project that events belong to.</summary>
internal sealed class ProjectRow : BatchRow
{
    internal required long OrganizationId { get; init; }

    internal required string? Slug { get; init; }

    internal required long? Flags { get; set; }

    internal required DateTimeOffset? FirstEvent { get; set; }

    /// <summary>After how many hours a group counts as resolved; 0 for never.</summary>
    internal int ResolveAge { get; set; }

    /// <summary>How many crash reports a group keeps: -1 for all, null for what the organization says.</summary>
    internal int? CrashReports { get; set; }

    internal void Raise(long flag)
    {
        if (((Flags ?? 0) & flag) == 0)
        {
            Flags = (Flags ?? 0) | flag;
            IsChanged = true;
        }
    }
}
