namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Project : IRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    public required string Platform { get; set; }

    public int Status { get; set; }

    public DateTime? FirstEventAt { get; set; }

    public DateTime CreatedAt { get; set; }

    public bool IsPublic { get; set; }

    public double SampleRate { get; set; }

    public required string Description { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    public long TeamId { get; set; }

    public Team? Team { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Project>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
        TeamId = keys.Of<Team>(TeamId);
    }
}
