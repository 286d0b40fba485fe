namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Shares its row with another entity.</summary>
public sealed class Shipment
{
    public int Id { get; set; }

    public required string Target { get; set; }

    public ShipmentDetail? Detail { get; set; }
}
