namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Refers to a record.</summary>
public sealed class Car : Vehicle
{
    public byte Doors { get; set; }

    public PersonId? DriverId { get; set; }

    public Person? Driver { get; set; }
}
