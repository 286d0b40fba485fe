namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>The root of a hierarchy in one table, concrete itself.</summary>
public class Animal
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public int? MotherId { get; set; }

    public Animal? Mother { get; set; }
}
