using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Relocation.Testing.Values;

/// <summary>JSON as Python writes it unless it is told otherwise: a space after commas and colons, and only what must be is escaped.</summary>
internal static class SpacedJson
{
    internal static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Add(text, value);
        return text.ToString();
    }

    private static void Add(StringBuilder text, JsonElement value)
    {
        var separator = string.Empty;
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(separator);
                    Add(text, item);
                    separator = ", ";
                }

                text.Append(']');
                break;
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in value.EnumerateObject())
                {
                    text.Append(separator);
                    AddText(text, member.Name);
                    text.Append(": ");
                    Add(text, member.Value);
                    separator = ", ";
                }

                text.Append('}');
                break;
            case JsonValueKind.String:
                AddText(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AddText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }

        text.Append('"');
    }
}
