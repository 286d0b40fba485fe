namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Owned, in its owner's row.</summary>
public sealed class PostalAddress
{
    public required string Street { get; set; }

    public string? Town { get; set; }

    public Place? Place { get; set; }
}
