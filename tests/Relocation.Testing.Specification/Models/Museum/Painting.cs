namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>Has a unique set in the derived table.</summary>
public sealed class Painting : Exhibit
{
    public required string Title { get; set; }
}
