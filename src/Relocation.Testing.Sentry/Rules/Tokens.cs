using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>Tokens as Sentry writes them, and what it derives from them.</summary>
internal static class Tokens
{
    private const int SecretBytes = 32;
    private const int ShownCharacters = 4;
    private const int UsualToken = 512;

    /// <summary>A token of an organization, which holds the organization's final slug and the address of its region.</summary>
    internal static string Organization(SeededValues seeded, RecordKey key, string slug, string url, DateTimeOffset issued, int attempt)
    {
        var payload = new JsonObject
        {
            ["iat"] = issued.ToUnixTimeMilliseconds() / 1000.0,
            ["url"] = url,
            ["region_url"] = url,
            ["org"] = slug,
        };
        var secret = seeded.Bytes(SecretBytes, Labels.OrgAuthToken, "secret", key, attempt);
        return $"sntrys_{Convert.ToBase64String(Encoding.UTF8.GetBytes(payload.ToJsonString()))}_{Convert.ToBase64String(secret).TrimEnd('=')}";
    }

    internal static string Hashed(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var longest = Encoding.UTF8.GetMaxByteCount(token.Length);
        var text = longest <= UsualToken ? stackalloc byte[longest] : new byte[longest];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(token, text)], hash);
        return Convert.ToHexStringLower(hash);
    }

    internal static string LastCharacters(string token) => token[^Math.Min(token.Length, ShownCharacters)..];
}
