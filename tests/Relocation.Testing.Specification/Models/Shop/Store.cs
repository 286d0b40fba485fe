namespace Relocation.Testing.Specification.Models.Shop;

/// <summary>A cycle with <see cref="Employee"/>; this side takes null.</summary>
public sealed class Store
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string CountryCode { get; set; }

    public Country? Country { get; set; }

    public int? ManagerId { get; set; }

    public Employee? Manager { get; set; }

    public TimeOnly OpensAt { get; set; }
}
