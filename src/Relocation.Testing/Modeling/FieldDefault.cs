using System.Globalization;
using System.Text.Json;

namespace Relocation.Testing;

/// <summary>The value that a field takes when a record does not have it.</summary>
public sealed record FieldDefault
{
    private FieldDefault(FieldDefaultKind kind, string? json = null, int length = 0, TimeSpan offset = default)
    {
        Kind = kind;
        Json = json;
        Length = length;
        Offset = offset;
    }

    /// <summary>The moment of the import, from the import's clock.</summary>
    public static FieldDefault Now { get; } = new(FieldDefaultKind.Now);

    /// <summary>A Guid made from the import's seed, the model and the record's old key.</summary>
    public static FieldDefault Guid { get; } = new(FieldDefaultKind.Guid);

    /// <summary>What the database itself supplies: the column is left out of the row.</summary>
    public static FieldDefault Database { get; } = new(FieldDefaultKind.Database);

    /// <summary>How the value is found.</summary>
    public FieldDefaultKind Kind { get; }

    /// <summary>The value as JSON, when it is constant.</summary>
    public string? Json { get; }

    /// <summary>The number of characters, when it is a token.</summary>
    public int Length { get; }

    /// <summary>How long after the moment of the import, when it is a moment. Default: not at all.</summary>
    public TimeSpan Offset { get; }

    /// <summary>Always the same value.</summary>
    /// <param name="json">The value, as a backup would write it, for example <c>0</c> or <c>"member"</c>.</param>
    public static FieldDefault Constant(string json) => new(FieldDefaultKind.Constant, json: json);

    /// <summary>A moment after that of the import, as an expiry is.</summary>
    /// <param name="offset">How long after; negative for before.</param>
    public static FieldDefault After(TimeSpan offset) => new(FieldDefaultKind.Now, offset: offset);

    /// <summary>Hexadecimal characters made from the import's seed, the model, the field and the record's old key.</summary>
    /// <param name="length">How many characters.</param>
    public static FieldDefault Token(int length) => new(FieldDefaultKind.Token, length: length);

    /// <summary>Always the same value.</summary>
    /// <param name="value">The value, as the application holds it; an enum is written by its name.</param>
    public static FieldDefault Of(object? value) =>
        Constant(value is Enum ? JsonSerializer.Serialize(value.ToString()) : JsonSerializer.Serialize(value));

    /// <summary>The default that an attribute declares.</summary>
    internal static FieldDefault DeclaredBy(BackupDefaultAttribute attribute) => attribute.Kind switch
    {
        FieldDefaultKind.Now => Now,
        FieldDefaultKind.Guid => Guid,
        FieldDefaultKind.Database => Database,
        _ => Of(attribute.Value),
    };

    /// <summary>The text that an annotation keeps.</summary>
    internal string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Kind switch
    {
        FieldDefaultKind.Constant => Json,
        FieldDefaultKind.Token => Length.ToString(CultureInfo.InvariantCulture),
        FieldDefaultKind.Now => Offset.ToString("c", CultureInfo.InvariantCulture),
        _ => string.Empty,
    }}");

    /// <summary>What <see cref="ToText"/> wrote.</summary>
    internal static FieldDefault FromText(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var rest = text[(colon + 1)..];
        return Enum.Parse<FieldDefaultKind>(text[..colon]) switch
        {
            FieldDefaultKind.Constant => Constant(rest),
            FieldDefaultKind.Token => Token(int.Parse(rest, CultureInfo.InvariantCulture)),
            FieldDefaultKind.Now => After(TimeSpan.Parse(rest, CultureInfo.InvariantCulture)),
            FieldDefaultKind.Guid => Guid,
            _ => Database,
        };
    }
}
