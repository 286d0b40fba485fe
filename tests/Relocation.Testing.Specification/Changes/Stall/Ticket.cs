namespace Relocation.Testing.Specification.Changes.Stall;

/// <summary>Has a Guid for its key.</summary>
public sealed class Ticket
{
    public Guid Id { get; set; }

    public required string Subject { get; set; }

    public int? OrderId { get; set; }

    public Order? Order { get; set; }
}
