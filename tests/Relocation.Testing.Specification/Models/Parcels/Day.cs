namespace Relocation.Testing.Specification.Models.Parcels;

public sealed class Day
{
    public DateOnly Date { get; set; }

    public int Parcels { get; set; }
}
