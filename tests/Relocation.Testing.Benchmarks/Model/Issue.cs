namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Issue : IRow
{
    public long Id { get; set; }

    public required string Title { get; set; }

    public required string Culprit { get; set; }

    public int Level { get; set; }

    public int Status { get; set; }

    public DateTime FirstSeen { get; set; }

    public DateTime LastSeen { get; set; }

    public int TimesSeen { get; set; }

    public bool IsPublic { get; set; }

    public double Score { get; set; }

    public long ProjectId { get; set; }

    public Project? Project { get; set; }

    public long? FirstReleaseId { get; set; }

    public Release? FirstRelease { get; set; }

    public long? DuplicateOfId { get; set; }

    public Issue? DuplicateOf { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Issue>(Id);
        ProjectId = keys.Of<Project>(ProjectId);
        FirstReleaseId = keys.Of<Release>(FirstReleaseId);
        DuplicateOfId = keys.Of<Issue>(DuplicateOfId);
    }
}
