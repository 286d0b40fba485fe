namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Has a key that the database always counts itself, complex objects in JSON, and is in a cycle with its steps.</summary>
public sealed class Tariff
{
    public long Id { get; set; }

    public required string CurrencyCode { get; set; }

    public Currency? Currency { get; set; }

    public int? FirstStepId { get; set; }

    public TariffStep? FirstStep { get; set; }

    public required TariffLimit Limit { get; set; }

    public List<TariffPart> Parts { get; set; } = [];
}
