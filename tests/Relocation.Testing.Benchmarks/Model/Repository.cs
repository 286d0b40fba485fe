namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Repository : IRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public required string Provider { get; set; }

    public required string Url { get; set; }

    public int Status { get; set; }

    public DateTime CreatedAt { get; set; }

    public bool IsArchived { get; set; }

    public int StarCount { get; set; }

    public required string Summary { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Repository>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
    }
}
