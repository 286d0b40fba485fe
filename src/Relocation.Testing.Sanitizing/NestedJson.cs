using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing;

/// <summary>JSON that is written as text within JSON.</summary>
internal static class NestedJson
{
    /// <summary>Whether a text is a JSON object, list or string; an empty one holds nothing, and counts as none.</summary>
    internal static bool IsJson(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var seemsSo = trimmed.Length > 2 && (trimmed[0], trimmed[^1]) is ('{', '}') or ('[', ']') or ('"', '"') && trimmed.Contains('"');
        if (!seemsSo)
        {
            return false;
        }

        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The JSON that a JSON string holds, where it holds any; else the value itself.</summary>
    internal static string OutOfText(string json)
    {
        using var value = JsonDocument.Parse(json);
        if (value.RootElement.ValueKind != JsonValueKind.String || value.RootElement.GetString() is not { } text)
        {
            return json;
        }

        try
        {
            using var held = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    /// <summary>Where the strings of a JSON text stand, quotes included, the names of members among them.</summary>
    internal static IEnumerable<(int Start, int Length)> StringsOf(string json)
    {
        for (var start = json.IndexOf('"', StringComparison.Ordinal); start >= 0;)
        {
            var end = start + 1;
            while (json[end] != '"')
            {
                end += json[end] == '\\' ? 2 : 1;
            }

            yield return (start, end + 1 - start);
            start = json.IndexOf('"', end + 1);
        }
    }

    /// <summary>The JSON with other strings; all between them stays byte for byte. Null where all strings stay.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="map">What becomes of a string; null where it stays.</param>
    internal static string? Replaced(string json, Func<string, string?> map)
    {
        StringBuilder? replaced = null;
        var end = 0;
        foreach (var (start, length) in StringsOf(json))
        {
            if (map(Decode(json.AsSpan(start, length))) is { } changed)
            {
                replaced ??= new StringBuilder(json.Length);
                replaced.Append(json, end, start - end).Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(changed)).Append('"');
                end = start + length;
            }
        }

        return replaced?.Append(json, end, json.Length - end).ToString();
    }

    /// <summary>The text of a JSON string.</summary>
    internal static string Decode(ReadOnlySpan<char> token) =>
        token.Contains('\\') ? JsonText.ToText(Encoding.UTF8.GetBytes(token[1..^1].ToString())) : token[1..^1].ToString();
}
