namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>When a group was seen in a release.</summary>
internal sealed class GroupReleaseRow
{
    public long Id { get; set; }

    public long ProjectId { get; set; }

    public long GroupId { get; set; }

    public GroupRow? Group { get; set; }

    public long ReleaseId { get; set; }

    public ReleaseRow? Release { get; set; }

    public required string Environment { get; set; }

    public DateTimeOffset FirstSeen { get; set; }

    public DateTimeOffset LastSeen { get; set; }
}
