using System.Globalization;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Values;

/// <summary>Writes lists as Python writes them, which <see cref="ListText"/> reads.</summary>
internal static class PythonLiteral
{
    internal static string Of(JsonElement list, RelocationField? element)
    {
        var text = new StringBuilder();
        Add(text, list, element, isList: true);
        return text.ToString();
    }

    private static void Add(StringBuilder text, JsonElement value, RelocationField? element, bool isList = false)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                text.Append('[');
                var isFirst = true;
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(isFirst ? string.Empty : ", ");
                    Add(text, item, isList ? element : element?.Element);
                    isFirst = false;
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AddText(text, value.GetString()!);
                break;
            case JsonValueKind.True:
                text.Append("True");
                break;
            case JsonValueKind.False:
                text.Append("False");
                break;
            case JsonValueKind.Null:
                text.Append("None");
                break;
            default:
                var number = value.GetRawText();
                var isFloat = (element?.Element ?? element)?.Type == FieldType.Real && !number.AsSpan().ContainsAny('.', 'e', 'E');
                text.Append(number).Append(isFloat ? ".0" : string.Empty);
                break;
        }
    }

    private static void AddText(StringBuilder text, string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        foreach (var rune in value.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                var letter when letter == quote => text.Append('\\').Append(quote),
                < ' ' or 0x7F => text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                _ => text.Append(rune),
            };
        }

        text.Append(quote);
    }
}
