namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>A complex object in a JSON column.</summary>
public sealed class TariffLimit
{
    public int Most { get; set; }

    public string? Note { get; set; }
}
