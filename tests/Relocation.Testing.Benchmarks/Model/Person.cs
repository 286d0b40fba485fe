namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Person : IRow
{
    public long Id { get; set; }

    public required string UserName { get; set; }

    public required string Email { get; set; }

    public required string FullName { get; set; }

    public bool IsStaff { get; set; }

    public bool IsActive { get; set; }

    public DateTime? LastLogin { get; set; }

    public DateTime JoinedAt { get; set; }

    public required string Language { get; set; }

    public double Score { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Person>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
    }
}
