using System.Text.Json;

namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>What the application fills in for an absent field: one member is set.</summary>
internal sealed record CatalogueDefault
{
    /// <summary>A value, as a backup writes it.</summary>
    public JsonElement? Constant { get; init; }

    /// <summary>A moment: so long after now.</summary>
    public TimeSpan? Now { get; init; }

    /// <summary>So many made characters.</summary>
    public int? Token { get; init; }

    /// <summary>A made Guid.</summary>
    public bool Guid { get; init; }
}
