namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>All models of one version of the application that backups may hold.</summary>
internal sealed record SentryCatalogue
{
    /// <summary>The application's own version number.</summary>
    public required string Release { get; init; }

    /// <summary>The day of the source that was described.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What no source states and follows from other releases, or from how such tables are made: where, and what.</summary>
    public IReadOnlyList<string> Derived { get; init; } = [];

    public required IReadOnlyDictionary<string, CatalogueModel> Models { get; init; }
}
