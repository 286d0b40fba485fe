namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>One of many objects in a JSON column.</summary>
public sealed class Note
{
    public required string Text { get; set; }

    public Mood Mood { get; set; }

    public DateOnly Day { get; set; }

    public IList<int> Marks { get; set; } = [];

    public Place? Place { get; set; }
}
