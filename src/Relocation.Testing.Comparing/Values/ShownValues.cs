using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Values;

/// <summary>How findings for people show values: what kind of value it is, or, where that is asked for, the value itself, cut.</summary>
/// <param name="includesValues">Whether field values and text keys are shown.</param>
internal sealed class ShownValues(bool includesValues)
{
    private const int MostCharacters = 200;

    /// <summary>What is shown of a field's value.</summary>
    /// <param name="value">The value, or null where the record does not have the field.</param>
    /// <param name="written">The value as its comparator shows it, or null to show it as it is.</param>
    internal string OfField(JsonElement? value, string? written) =>
        value is not { } held ? "nothing"
        : held.ValueKind == JsonValueKind.Null ? "null"
        : Of(held, written);

    /// <summary>What is shown of a value.</summary>
    internal string Of(JsonElement value, string? written = null) => includesValues ? Cut(written is null || written == value.GetRawText() ? Compact(value) : written) : InWords(value);

    /// <summary>What is shown of a record that is referred to.</summary>
    /// <param name="target">Its model.</param>
    /// <param name="key">Its key, as a reference writes it.</param>
    /// <param name="isText">Whether it is written as text, so that even digits may be data: a phone number is a key, too.</param>
    internal string OfReference(ModelLabel target, string key, bool isText)
    {
        var isShown = includesValues || Guid.TryParse(key, out _) || (!isText && key.All(character => char.IsAsciiDigit(character) || "-[], ".Contains(character, StringComparison.Ordinal)));
        return isShown ? $"{target} {Cut(key)}" : $"{target} by a text key";
    }

    /// <summary>A record's key, or null where it is text that is not to be shown.</summary>
    internal RecordKey? Of(RecordKey key) => ShownKey.Of(
        key.Kind == RecordKeyKind.Text && Guid.TryParse(key.AsText(), out var guid) ? RecordKey.From(guid) : key, includesValues);

    private static string InWords(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Counted(value.GetString()!.Length, "text of ", "character"),
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => Counted(value.GetArrayLength(), "a list of ", "item"),
        JsonValueKind.Object => Counted(value.GetPropertyCount(), "an object of ", "member"),
        _ => "null",
    };

    /// <summary>The value in one line, without the secrets that are in it.</summary>
    private static string Compact(JsonElement value)
    {
        if (HoldsSecret(value))
        {
            return Encoding.UTF8.GetString(CanonicalValue.Form(writer => WriteWithoutSecrets(writer, value)).Span);
        }

        var json = JsonMarshal.GetRawUtf8Value(value);
        var compact = new byte[json.Length];
        return Encoding.UTF8.GetString(compact.AsSpan(0, JsonText.Minify(json, compact)));
    }

    private static bool HoldsSecret(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => SecretNames.Hold(member.Name) || HoldsSecret(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HoldsSecret),
        _ => false,
    };

    private static void WriteWithoutSecrets(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (SecretNames.Hold(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
                    {
                        writer.WriteStringValue("...");
                    }
                    else
                    {
                        WriteWithoutSecrets(writer, member.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteWithoutSecrets(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
                break;
        }
    }

    private static string Counted(int count, string before, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{before}{count} {noun}{(count == 1 ? string.Empty : "s")}");

    private static string Cut(string text) => text.Length <= MostCharacters
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text[..(MostCharacters - (char.IsHighSurrogate(text[MostCharacters - 1]) ? 1 : 0))]}... ({text.Length} characters)");
}
