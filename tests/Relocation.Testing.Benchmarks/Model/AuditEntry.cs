namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class AuditEntry : IRow
{
    public long Id { get; set; }

    public required string Action { get; set; }

    public required string IpAddress { get; set; }

    public required string UserAgent { get; set; }

    public DateTime OccurredAt { get; set; }

    public bool IsSystem { get; set; }

    public required string TargetName { get; set; }

    public Guid Reference { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    public long? ActorId { get; set; }

    public Person? Actor { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<AuditEntry>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
        ActorId = keys.Of<Person>(ActorId);
    }
}
