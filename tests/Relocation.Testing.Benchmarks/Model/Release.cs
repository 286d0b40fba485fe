namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Release : IRow
{
    public long Id { get; set; }

    public required string Version { get; set; }

    public required string ShortVersion { get; set; }

    public DateTime? ReleasedAt { get; set; }

    public DateTime CreatedAt { get; set; }

    public int CommitCount { get; set; }

    public int Status { get; set; }

    public required string Notes { get; set; }

    public required string Url { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    public long? OwnerId { get; set; }

    public Person? Owner { get; set; }

    public long ProjectId { get; set; }

    public Project? Project { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Release>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
        OwnerId = keys.Of<Person>(OwnerId);
        ProjectId = keys.Of<Project>(ProjectId);
    }
}
