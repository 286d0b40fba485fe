namespace Relocation.Testing.Specification.Models.Press;

/// <summary>Owned by an author, in columns of the same table.</summary>
public sealed class Desk
{
    public string Room { get; set; } = string.Empty;

    public int Floor { get; set; }
}
