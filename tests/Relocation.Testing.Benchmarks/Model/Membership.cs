namespace Relocation.Testing.Benchmarks.Model;

/// <summary>One of the benchmark's models.</summary>
public sealed class Membership : IRow
{
    public long Id { get; set; }

    public required string Role { get; set; }

    public DateTime InvitedAt { get; set; }

    public DateTime? AcceptedAt { get; set; }

    public bool IsPending { get; set; }

    public int Flags { get; set; }

    public required string Token { get; set; }

    public long OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    public long PersonId { get; set; }

    public Person? Person { get; set; }

    public long? TeamId { get; set; }

    public Team? Team { get; set; }

    public long? InviterId { get; set; }

    public Person? Inviter { get; set; }

    /// <inheritdoc />
    public void Remap(RowKeys keys)
    {
        Id = keys.New<Membership>(Id);
        OrganizationId = keys.Of<Organization>(OrganizationId);
        PersonId = keys.Of<Person>(PersonId);
        TeamId = keys.Of<Team>(TeamId);
        InviterId = keys.Of<Person>(InviterId);
    }
}
