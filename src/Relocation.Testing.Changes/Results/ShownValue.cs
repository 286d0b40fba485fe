using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Relocation.Testing.Results;

/// <summary>How the text of changes shows a value.</summary>
internal static class ShownValue
{
    /// <summary>Longer texts are shown by their length and hash.</summary>
    private const int MostCharacters = 200;

    private const int HashDigits = 16;

    /// <param name="json">The value as JSON; null for none.</param>
    /// <param name="type">What the field holds; null where no model knows.</param>
    internal static string? Of(string? json, FieldType? type)
    {
        if (json is null)
        {
            return null;
        }

        if (type == FieldType.Bytes)
        {
            var bytes = JsonElement.Parse(json).GetBytesFromBase64();
            return Summary(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes"), bytes);
        }

        if (json.Length <= MostCharacters)
        {
            return json;
        }

        var value = JsonElement.Parse(json);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : json;
        return text.Length <= MostCharacters
            ? json
            : Summary(string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters"), Encoding.UTF8.GetBytes(text));
    }

    private static string Summary(string length, byte[] content) =>
        $"({length}, sha256 {Convert.ToHexStringLower(SHA256.HashData(content))[..HashDigits]})";
}
