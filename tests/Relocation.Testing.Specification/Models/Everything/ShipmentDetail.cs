namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>The other entity in a shipment's row.</summary>
public sealed class ShipmentDetail
{
    public int Id { get; set; }

    public required string Remarks { get; set; }

    public int? CarrierId { get; set; }

    public Truck? Carrier { get; set; }
}
