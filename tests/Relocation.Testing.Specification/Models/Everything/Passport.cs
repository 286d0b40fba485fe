namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Owned, in a table of its own.</summary>
public sealed class Passport
{
    public required string Number { get; set; }

    public DateOnly? Expires { get; set; }
}
