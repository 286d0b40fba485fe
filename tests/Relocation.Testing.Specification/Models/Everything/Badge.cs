namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Refers by alternate keys, simple and composite.</summary>
public sealed class Badge
{
    public int Id { get; set; }

    public Guid HolderCode { get; set; }

    public Person? Holder { get; set; }

    public string? Building { get; set; }

    public int? Number { get; set; }

    public Room? Room { get; set; }
}
