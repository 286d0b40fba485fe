namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Team : IRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    public required string Description { get; set; }

    public bool IsPrivate { get; set; }

    public DateTime CreatedAt { get; set; }

    public required string Color { get; set; }

    public int Position { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    public long? OwnerId { get; set; }

    public Person? Owner { get; set; }

    public long? ParentId { get; set; }

    public Team? Parent { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Team>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
        OwnerId = keys.Of<Person>(OwnerId);
        ParentId = keys.Of<Team>(ParentId);
    }
}
