namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>The abstract root of a hierarchy with a table per concrete type.</summary>
public abstract class Vehicle
{
    public int Id { get; set; }

    public required string Plate { get; set; }
}
