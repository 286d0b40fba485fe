namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>The link of a group and an environment.</summary>
internal sealed class GroupEnvironmentRow
{
    public long Id { get; set; }

    public long GroupId { get; set; }

    public GroupRow? Group { get; set; }

    public long EnvironmentId { get; set; }

    public EnvironmentRow? Environment { get; set; }

    public long? FirstReleaseId { get; set; }

    public ReleaseRow? FirstRelease { get; set; }

    public DateTimeOffset? FirstSeen { get; set; }
}
