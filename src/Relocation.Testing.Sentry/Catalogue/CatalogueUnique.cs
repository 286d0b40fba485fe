namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>A unique set of fields.</summary>
internal sealed record CatalogueUnique
{
    public required IReadOnlyList<string> Fields { get; init; }

    public string? Name { get; init; }

    /// <summary>An SQL condition over columns to which the set is limited.</summary>
    public string? Where { get; init; }

    public bool Deferrable { get; init; }
}
