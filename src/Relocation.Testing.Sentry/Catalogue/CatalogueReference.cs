namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>The model whose key a field holds.</summary>
internal sealed record CatalogueReference
{
    public required string To { get; init; }

    /// <summary>What the application calls such a key, for example <c>HybridCloudForeignKey</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What happens when the row referred to goes, or null where nobody cares.</summary>
    public string? OnDelete { get; init; }

    /// <summary>Whether the application's database has a foreign key for it.</summary>
    public bool Constraint { get; init; } = true;
}
