namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>All models of one version that backups may hold.</summary>
internal sealed record SentryCatalogue
{
    /// <summary>The application's own version number.</summary>
    public required string Release { get; init; }

    /// <summary>The date of the described source.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What no source states but follows from other releases, or from how such tables are made: where, and what.</summary>
    public IReadOnlyList<string> Derived { get; init; } = [];

    /// <summary>Whether not everything of the version was read: some of its models and fields are missing here.</summary>
    public bool Partial { get; init; }

    public required IReadOnlyDictionary<string, CatalogueModel> Models { get; init; }
}
