namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Incident : IRow
{
    public long Id { get; set; }

    public required string Title { get; set; }

    public required string Summary { get; set; }

    public int Status { get; set; }

    public DateTime OpenedAt { get; set; }

    public DateTime? ClosedAt { get; set; }

    public int Severity { get; set; }

    public bool IsPublic { get; set; }

    public decimal Cost { get; set; }

    public long? AlertId { get; set; }

    public Alert? Alert { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    public long LeadId { get; set; }

    public Person? Lead { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Incident>(Id);
        AlertId = keys.Of<Alert>(AlertId);
        OrganizationId = keys.Of<Organization>(OrganizationId);
        LeadId = keys.Of<Person>(LeadId);
    }
}
