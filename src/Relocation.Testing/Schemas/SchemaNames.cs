using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Schemas;

/// <summary>Names for constraints and indexes: always the same for the same model, and short enough for every engine.</summary>
internal static class SchemaNames
{
    /// <summary>PostgreSQL cuts longer names silently, so that two of them may become one.</summary>
    internal const int MostBytes = 63;

    private const int HashCharacters = 8;

    internal static string Of(string prefix, RelocationEntity entity, IEnumerable<RelocationField> fields) =>
        Fitted(string.Join('_', fields.Select(field => field.Column).Prepend(entity.Table).Prepend(prefix)));

    internal static string Fitted(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MostBytes)
        {
            return name;
        }

        var kept = new StringBuilder();
        var bytes = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostBytes - HashCharacters - 1)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return $"{kept}_{hash[..HashCharacters]}";
    }
}
