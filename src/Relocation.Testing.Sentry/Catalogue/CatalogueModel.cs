namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>One model as the catalogue's data describes it. Types are PostgreSQL's.</summary>
internal sealed record CatalogueModel
{
    public required string Table { get; init; }

    /// <summary>The type of the key column <c>id</c>: an integer, which the database counts up, or a text.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the application generates keys itself, above 32 bits.</summary>
    public bool Snowflake { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public CatalogueScopeRule? ScopeRule { get; init; }

    /// <summary>Whether the model is declared a root.</summary>
    public bool Root { get; init; }

    /// <summary>The half of a split deployment that has the model: Control, Region, or both.</summary>
    public required IReadOnlyList<string> Silos { get; init; }

    public IReadOnlyList<string> Ordinal { get; init; } = [];

    /// <summary>Models that must come first although no reference requires it.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    public required IReadOnlyDictionary<string, CatalogueField> Fields { get; init; }

    public IReadOnlyList<CatalogueUnique> Uniques { get; init; } = [];

    /// <summary>Lists of fields with an index of their own; none are listed for the models that backups hold.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Indexes { get; init; } = [];

    public IReadOnlyDictionary<string, string> Checks { get; init; } = new Dictionary<string, string>();
}
