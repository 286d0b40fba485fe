namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Has a unique value of its own.</summary>
public sealed class Letter : Document
{
    public required string Reference { get; set; }

    public required Mood Tone { get; set; }
}
