namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>The root of a hierarchy with a table per concrete type, which keeps its keys.</summary>
public abstract class Cart
{
    public Guid Id { get; set; }

    public required string Plate { get; set; }
}
