namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>The abstract root of a hierarchy with a table per type.</summary>
public abstract class Document
{
    public long Id { get; set; }

    public required string Title { get; set; }

    public PersonId AuthorId { get; set; }

    public Person? Author { get; set; }
}
