namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>Refers by an alternate key, which is part of a unique set.</summary>
public sealed class Pass
{
    public int Id { get; set; }

    public required string Card { get; set; }

    public Visitor? Visitor { get; set; }

    public int Year { get; set; }
}
