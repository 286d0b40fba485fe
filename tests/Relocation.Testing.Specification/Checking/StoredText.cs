using System.Globalization;
using System.Text.Json;

namespace Relocation.Testing.Specification.Checking;

/// <summary>Brings a value to one form, whether it comes from a backup or from a database. Shares no code with the importer.</summary>
internal static class StoredText
{
    private const string ExactNumber = "0.############################";

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>The form of a backup's value, or null.</summary>
    internal static string? OfJson(RelocationField field, JsonElement? value)
    {
        if (value is not { } json)
        {
            return null;
        }

        if (json.ValueKind == JsonValueKind.Null)
        {
            return field is { Type: FieldType.Json, IsNullable: false } ? "null" : null;
        }

        return (field.Type, json.ValueKind) switch
        {
            (FieldType.Json, JsonValueKind.String) when field.Encoding == FieldEncoding.JsonText => JsonInText(json),
            (FieldType.Json, _) => Canonical(json),
            (FieldType.Array, JsonValueKind.String) => ListInText(json.GetString()!),
            (FieldType.Array, _) => Canonical(json),
            (FieldType.Bytes, _) => Convert.ToHexString(json.GetBytesFromBase64()),
            (_, JsonValueKind.String) => OfText(field.Type, json.GetString()!),
            _ => OfText(field.Type, json.GetRawText()),
        };
    }

    /// <summary>The form of a column's value as the driver or the database's own text gives it, or null.</summary>
    internal static string? OfColumn(RelocationField field, object? value) => value switch
    {
        null or DBNull => null,
        byte[] bytes => Convert.ToHexString(bytes),
        long number when field.Type == FieldType.Boolean => number == 0 ? "false" : "true",
        double number => Real(number),
        string text when field.Type == FieldType.Bytes => text[2..].ToUpperInvariant(),
        string text when field.Type is FieldType.Json or FieldType.Array => Canonical(JsonElement.Parse(text)),
        _ => OfText(field.Type, Convert.ToString(value, Invariant)!),
    };

    /// <summary>JSON without white space, its members ordered and its numbers in one form.</summary>
    internal static string Canonical(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Canonical(member.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(',', json.EnumerateArray().Select(Canonical)) + "]",
        JsonValueKind.Number => json.TryGetDecimal(out var exact) ? exact.ToString(ExactNumber, Invariant) : Real(json.GetDouble()),
        JsonValueKind.String => JsonSerializer.Serialize(json.GetString()),
        _ => json.GetRawText(),
    };

    private static string OfText(FieldType type, string text) => (type, text) switch
    {
        // As PostgreSQL has the first and the last day and moment of .NET.
        (FieldType.Date, "-infinity") => OfText(type, "0001-01-01"),
        (FieldType.Date, "infinity") => OfText(type, "9999-12-31"),
        (FieldType.Instant or FieldType.DateTime, "-infinity") => Ticks(DateTime.MinValue.Ticks),
        (FieldType.Instant or FieldType.DateTime, "infinity") => Ticks(DateTime.MaxValue.Ticks),
        _ => OfFinite(type, text),
    };

    private static string OfFinite(FieldType type, string text) => type switch
    {
        FieldType.Integer => long.Parse(text, NumberStyles.AllowLeadingSign, Invariant).ToString(Invariant),
        FieldType.Real => Real(double.Parse(text, Invariant)),
        FieldType.Decimal => decimal.Parse(text, NumberStyles.Float, Invariant).ToString(ExactNumber, Invariant),
        FieldType.Guid => Guid.Parse(text).ToString(),
        FieldType.Instant or FieldType.DateTime => Ticks(
            DateTimeOffset.Parse(text, Invariant, DateTimeStyles.AssumeUniversal).UtcTicks),
        FieldType.Date => DateOnly.Parse(text, Invariant).ToString("O", Invariant),
        FieldType.Time => Ticks(TimeOnly.Parse(text, Invariant).Ticks),
        FieldType.Duration => long.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out var ticks)
            ? Ticks(ticks)
            : Ticks(TimeSpan.ParseExact(text, "c", Invariant).Ticks),
        _ => text,
    };

    private static string Ticks(long ticks) => ticks.ToString(Invariant);

    // Databases keep no sign of zero everywhere.
    private static string Real(double number) => (number + 0.0).ToString("R", Invariant);

    private static string JsonInText(JsonElement json)
    {
        try
        {
            return Canonical(JsonElement.Parse(json.GetString()!));
        }
        catch (JsonException)
        {
            return Canonical(json);
        }
    }

    /// <summary>The real backups' Python lists hold plain words, so their quotes are all that tells them from JSON.</summary>
    private static string ListInText(string text) => Canonical(JsonElement.Parse(text.Replace('\'', '"')));
}
