namespace Relocation.Testing;

/// <summary>The region of a network address.</summary>
/// <param name="CountryCode">The country's code, for example <c>AT</c>, or null if it is unknown.</param>
/// <param name="RegionCode">The code of a part of the country, or null if it is unknown.</param>
public sealed record SentryRegion(string? CountryCode, string? RegionCode);
