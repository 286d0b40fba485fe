namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>The target of a field that holds a key.</summary>
internal sealed record CatalogueReference
{
    public required string To { get; init; }

    /// <summary>The application's name for this kind of key, for example <c>HybridCloudForeignKey</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What happens if the target row is deleted, or null for nothing.</summary>
    public string? OnDelete { get; init; }

    /// <summary>Whether the application's database has a foreign key for it.</summary>
    public bool Constraint { get; init; } = true;
}
