namespace Relocation.Testing.Specification.Models.Museum;

/// <summary>Owned by a visitor, with a code that occurs once among all visitors' tickets.</summary>
public sealed class Ticket
{
    public required string Code { get; set; }

    public ICollection<Entry> Entries { get; } = [];
}
