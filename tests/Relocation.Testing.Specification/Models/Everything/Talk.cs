namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Owned by what is owned, with a key of its own.</summary>
public sealed class Talk
{
    public int Id { get; set; }

    public int Seconds { get; set; }

    public Mood Mood { get; set; }
}
