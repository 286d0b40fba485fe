namespace Relocation.Testing;

/// <summary>Where an address on the network is.</summary>
/// <param name="CountryCode">The country's code, for example <c>AT</c>, or null when it is not known.</param>
/// <param name="RegionCode">The code of a part of the country, or null when it is not known.</param>
public sealed record SentryRegion(string? CountryCode, string? RegionCode);
