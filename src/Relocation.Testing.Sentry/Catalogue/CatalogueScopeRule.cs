namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>How a record's scope is chosen among its model's scopes.</summary>
internal sealed record CatalogueScopeRule
{
    public IReadOnlyList<string> WhenAnySet { get; init; } = [];

    public string? Follow { get; init; }

    public required string Then { get; init; }

    public required string Otherwise { get; init; }
}
