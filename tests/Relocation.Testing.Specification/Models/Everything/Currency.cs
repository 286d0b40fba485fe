namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Has a key of text, which is kept.</summary>
public sealed class Currency
{
    public required string Code { get; set; }

    public required string Name { get; set; }

    public ICollection<Club> Clubs { get; } = [];
}
