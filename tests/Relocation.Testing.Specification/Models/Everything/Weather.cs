namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>On PostgreSQL an enum of the database.</summary>
public enum Weather
{
    Sunny,
    LightRain,
}
