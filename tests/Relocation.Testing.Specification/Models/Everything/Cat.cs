namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Has a number that its column takes null for, since dogs have none.</summary>
public sealed class Cat : Animal
{
    public int Lives { get; set; }

    public int Size { get; set; }
}
