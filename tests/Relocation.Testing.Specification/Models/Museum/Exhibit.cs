namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>The root of a hierarchy with a table per type.</summary>
public abstract class Exhibit
{
    public int Id { get; set; }

    public required string Inventory { get; set; }

    public ICollection<Tour> Tours { get; } = [];
}
