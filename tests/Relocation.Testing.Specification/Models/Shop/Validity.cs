namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A complex type; its columns are in the table of what has it.</summary>
public sealed class Validity
{
    public DateOnly From { get; set; }

    public DateOnly? Until { get; set; }
}
