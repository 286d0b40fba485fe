namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Label : IRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    public required string Color { get; set; }

    public required string Description { get; set; }

    public bool IsSystem { get; set; }

    public int Position { get; set; }

    public DateTime CreatedAt { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Label>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
    }
}
