using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Relocation.Testing.Sentry.Catalogue;

namespace Relocation.Testing.Tests.Sentry;

/// <summary>Says whether a value is written as an exporter writes that field.</summary>
internal static partial class DumpEncoding
{
    internal static bool Holds(CatalogueField field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null
            ? field.IsNullable
            : field.Dump switch
            {
                "number" => value.ValueKind == JsonValueKind.Number && IsInRange(field, value),
                "boolean" => IsBoolean(value),
                "string" => IsText(value) && value.GetString()!.Length <= (StoreTypes.MaxLengthOf(field.Type) ?? int.MaxValue),
                "datetime-ms-z" => IsText(value) && Moment().IsMatch(value.GetString()!) && value.TryGetDateTimeOffset(out _),
                "json-native" => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array,
                "scalar-or-json-string" => value.ValueKind == JsonValueKind.Number || IsBoolean(value) || ParsesAs(value, null),
                "json-string" => ParsesAs(value, JsonValueKind.Object),
                "json-list-string" => ParsesAs(value, JsonValueKind.Array),
                "python-list-repr-string" => IsText(value) && IsPythonList(value.GetString()!),
                "decimal-string" => IsText(value) && long.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
                "uuid-string" => IsText(value) && Guid.TryParseExact(value.GetString(), "D", out _),
                _ => false,
            };

    private static bool IsInRange(CatalogueField field, JsonElement value) => field.Type switch
    {
        "double precision" => true,
        "smallint" => value.TryGetInt16(out var number) && number >= (field.Min ?? short.MinValue),
        "integer" => value.TryGetInt32(out var number) && number >= (field.Min ?? int.MinValue),
        _ => value.TryGetInt64(out _),
    };

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsBoolean(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    /// <summary>Python writes a list of plain texts and numbers as JSON does, but with single quotes.</summary>
    private static bool IsPythonList(string text) =>
        !text.Contains('"', StringComparison.Ordinal) && ParsesAs(text.Replace('\'', '"'), JsonValueKind.Array);

    private static bool ParsesAs(JsonElement value, JsonValueKind? kind) => IsText(value) && ParsesAs(value.GetString()!, kind);

    private static bool ParsesAs(string text, JsonValueKind? kind)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return kind is null || parsed.RootElement.ValueKind == kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Moment();
}
