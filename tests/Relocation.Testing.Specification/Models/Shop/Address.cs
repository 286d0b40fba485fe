namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Owned; its columns are in the owner's table.</summary>
public sealed class Address
{
    public required string Street { get; set; }

    public required string City { get; set; }

    public string? PostalCode { get; set; }
}
