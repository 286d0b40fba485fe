namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>Has values of its own only.</summary>
public sealed class Sculpture : Exhibit
{
    public int Weight { get; set; }
}
