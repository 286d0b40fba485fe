namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Has values that only the database works out, and one that no property shows.</summary>
public sealed class Stamp
{
    public int Id { get; set; }

    public required string Text { get; set; }

    public int Rating { get; set; }

    public string? Origin { get; set; }

    public int Version { get; set; }
}
