namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Integration : IRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public required string Provider { get; set; }

    public required string ExternalId { get; set; }

    public required string SettingsUrl { get; set; }

    public int Status { get; set; }

    public DateTime CreatedAt { get; set; }

    public bool IsEnabled { get; set; }

    public required string Notes { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Integration>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
    }
}
