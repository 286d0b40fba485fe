using System.Text.Json.Serialization;

namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>A field of backups.</summary>
internal sealed record CatalogueField
{
    /// <summary>The column, if its name differs from the field's.</summary>
    public string? Column { get; init; }

    /// <summary>PostgreSQL's type.</summary>
    public required string Type { get; init; }

    /// <summary>How a backup writes the value.</summary>
    public required string Dump { get; init; }

    /// <summary>How backups before this version write the value, where that has to be told from the present form.</summary>
    public string? Former { get; init; }

    /// <summary>The least value that a check of the column allows.</summary>
    public int? Min { get; init; }

    [JsonPropertyName("null")]
    public bool IsNullable { get; init; }

    public CatalogueDefault? Default { get; init; }

    /// <summary>The names of the bits, lowest first. Higher bits are kept, not masked.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    public CatalogueReference? Reference { get; init; }
}
