namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A cycle with <see cref="Store"/>; this side is required. A unique set over a reference and a text.</summary>
public sealed class Employee
{
    public int Id { get; set; }

    public int StoreId { get; set; }

    public Store? Store { get; set; }

    public required string Badge { get; set; }

    public required string Name { get; set; }

    public decimal Salary { get; set; }
}
