namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>Has a table of its own.</summary>
public sealed class HandCart : Cart
{
    public int Wheels { get; set; }
}
