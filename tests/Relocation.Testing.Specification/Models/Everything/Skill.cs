namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>The far side of a many-to-many relation.</summary>
public sealed class Skill
{
    public int Id { get; set; }

    public required string Title { get; set; }

    public ICollection<Person> People { get; } = [];
}
