namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Owned by what is owned.</summary>
public sealed class Place
{
    public double Latitude { get; set; }

    public double Longitude { get; set; }
}
