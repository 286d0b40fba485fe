namespace Relocation.Testing.Specification.Models.Parcels;

public class Parcel
{
    public ParcelId Id { get; set; }

    public DepotCode? DepotId { get; set; }

    public Depot? Depot { get; set; }
}
