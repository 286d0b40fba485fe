namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>Owned by a ticket.</summary>
public sealed class Entry
{
    public DateOnly Day { get; set; }
}
