namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Organization : IRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    public int Status { get; set; }

    public bool IsActive { get; set; }

    public required string Plan { get; set; }

    public DateTime CreatedAt { get; set; }

    public required string Region { get; set; }

    public int Quota { get; set; }

    public decimal Balance { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Organization>(Id);
    }
}
