namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>When a release was seen in an environment.</summary>
internal sealed class ReleaseEnvironmentRow
{
    public long Id { get; set; }

    public long OrganizationId { get; set; }

    public long ReleaseId { get; set; }

    public ReleaseRow? Release { get; set; }

    public long EnvironmentId { get; set; }

    public EnvironmentRow? Environment { get; set; }

    public DateTimeOffset FirstSeen { get; set; }

    public DateTimeOffset LastSeen { get; set; }
}
