namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A natural text key.</summary>
public sealed class Country
{
    public required string Code { get; set; }

    public required string Name { get; set; }

    public bool InCustomsUnion { get; set; }

    public decimal? VatRate { get; set; }
}
