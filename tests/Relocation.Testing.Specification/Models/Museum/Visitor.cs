namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>Is referred to by an alternate key, and owns rows that own rows.</summary>
public sealed class Visitor
{
    public int Id { get; set; }

    public required string Card { get; set; }

    public required string Email { get; set; }

    public ICollection<Ticket> Tickets { get; } = [];
}
