namespace Relocation.Testing.Benchmarks.Events.Tables;

/// <summary>The link of a release and a project.</summary>
internal sealed class ReleaseProjectRow
{
    public long Id { get; set; }

    public long ProjectId { get; set; }

    public long ReleaseId { get; set; }

    public ReleaseRow? Release { get; set; }

    public int? NewGroups { get; set; }
}
