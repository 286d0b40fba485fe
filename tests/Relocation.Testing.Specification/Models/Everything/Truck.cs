namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Refers to a record of its own hierarchy.</summary>
public sealed class Truck : Vehicle
{
    public float Load { get; set; }

    public int? TowedById { get; set; }

    public Vehicle? TowedBy { get; set; }
}
