namespace Relocation.Testing.Specification.Changes.Stall;

/// <summary>Has a text for its key.</summary>
public sealed class Tag
{
    public required string Code { get; set; }

    public required string Name { get; set; }

    public ICollection<Order> Orders { get; } = [];
}
