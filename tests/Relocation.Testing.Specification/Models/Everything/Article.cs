namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>One entity in three tables.</summary>
public sealed class Article
{
    public Guid Id { get; set; }

    public required string Title { get; set; }

    public string? Text { get; set; }

    public int Words { get; set; }

    public PersonId? ReviewerId { get; set; }

    public Person? Reviewer { get; set; }
}
