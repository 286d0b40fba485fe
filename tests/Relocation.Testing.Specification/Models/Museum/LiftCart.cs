namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>Has a table of its own.</summary>
public sealed class LiftCart : Cart
{
    public int Load { get; set; }
}
