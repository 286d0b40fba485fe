namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Dashboard : IRow
{
    public long Id { get; set; }

    public required string Title { get; set; }

    public required string Description { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? LastVisited { get; set; }

    public int Visits { get; set; }

    public bool IsShared { get; set; }

    public required string Layout { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    public long CreatorId { get; set; }

    public Person? Creator { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Dashboard>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
        CreatorId = keys.Of<Person>(CreatorId);
    }
}
