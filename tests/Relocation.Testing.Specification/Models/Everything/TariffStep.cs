namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Refers to the tariff that refers to it.</summary>
public sealed class TariffStep
{
    public int Id { get; set; }

    public long TariffId { get; set; }

    public Tariff? Tariff { get; set; }

    public TimeSpan Length { get; set; }
}
