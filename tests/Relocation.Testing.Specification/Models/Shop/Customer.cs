namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>Integer key, owned type, enum as a number, date, and a reference into a cycle.</summary>
public sealed class Customer
{
    public int Id { get; set; }

    public required EmailAddress Email { get; set; }

    public required string Name { get; set; }

    public Address Address { get; set; } = null!;

    public required string CountryCode { get; set; }

    public Country? Country { get; set; }

    public CustomerTier Tier { get; set; }

    public DateOnly? BornOn { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    public int? FavoriteStoreId { get; set; }

    public Store? FavoriteStore { get; set; }

    public CustomerProfile? Profile { get; set; }
}
