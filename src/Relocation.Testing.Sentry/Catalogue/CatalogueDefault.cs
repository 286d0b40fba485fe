using System.Text.Json;

namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>The default of an absent field: one member is set.</summary>
internal sealed record CatalogueDefault
{
    /// <summary>A value, as a backup writes it.</summary>
    public JsonElement? Constant { get; init; }

    /// <summary>A moment: this long after now.</summary>
    public TimeSpan? Now { get; init; }

    /// <summary>A generated text of this many characters.</summary>
    public int? Token { get; init; }

    /// <summary>A generated Guid.</summary>
    public bool Guid { get; init; }
}
