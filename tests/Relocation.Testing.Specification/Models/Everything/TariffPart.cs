namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>One of a list of complex objects in a JSON column.</summary>
public sealed class TariffPart
{
    public required string Name { get; set; }

    public DateOnly Day { get; set; }

    public List<int> Marks { get; set; } = [];
}
