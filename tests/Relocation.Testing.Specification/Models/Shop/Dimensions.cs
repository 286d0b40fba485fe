namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Nested in a JSON column.</summary>
public sealed class Dimensions
{
    public double Width { get; set; }

    public double Height { get; set; }
}
