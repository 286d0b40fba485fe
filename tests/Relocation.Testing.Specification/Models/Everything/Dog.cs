namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Shares a column with cats, and refers to the root's records.</summary>
public sealed class Dog : Animal
{
    public Mood Mood { get; set; }

    public int Size { get; set; }

    public int? ChasedId { get; set; }

    public Cat? Chased { get; set; }
}
