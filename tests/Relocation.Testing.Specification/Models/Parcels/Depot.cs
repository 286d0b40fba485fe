namespace Relocation.Testing.Specification.Models.Parcels;

public sealed class Depot
{
    public DepotCode Id { get; set; } = new(string.Empty);
}
