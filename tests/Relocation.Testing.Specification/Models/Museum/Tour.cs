namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>In a many-to-many relation.</summary>
public sealed class Tour
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public ICollection<Exhibit> Exhibits { get; } = [];
}
