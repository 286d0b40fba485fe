namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Two steps below the root.</summary>
public sealed class Reminder : Invoice
{
    public int Level { get; set; }

    public ICollection<Place> Stops { get; } = [];
}
