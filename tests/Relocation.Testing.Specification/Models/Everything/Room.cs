namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Has an alternate key of two parts.</summary>
public sealed class Room
{
    public int Id { get; set; }

    public required string Building { get; set; }

    public int Number { get; set; }
}
