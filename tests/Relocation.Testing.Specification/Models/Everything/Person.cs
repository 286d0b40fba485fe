namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Owns objects in its own row, in tables of their own and in JSON, and is in two many-to-many relations.</summary>
public sealed class Person
{
    public PersonId Id { get; set; }

    public Guid Code { get; set; }

    public required string Name { get; set; }

    public required PostalAddress Address { get; set; }

    public PostalAddress? Second { get; set; }

    public Passport? Passport { get; set; }

    public ICollection<Phone> Phones { get; } = [];

    public ICollection<Note> Notes { get; } = [];

    public required Span Active { get; set; }

    public ICollection<Skill> Skills { get; } = [];

    public ICollection<Person> Friends { get; } = [];

    public ICollection<Person> FriendOf { get; } = [];
}
