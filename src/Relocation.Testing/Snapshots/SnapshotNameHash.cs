using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Relocation.Testing.Snapshots;

/// <summary>The end of names that do not say all that they stand for.</summary>
internal static class SnapshotNameHash
{
    private const int Bytes = 8;

    /// <summary>How long the end is, with the dash before it.</summary>
    internal const int Length = (2 * Bytes) + 1;

    /// <summary>The end for a text, with a dash before it.</summary>
    internal static string Of(string whole)
    {
        // Half a character is no UTF-8 and would be hashed as any other, so characters are hashed as they are.
        var hash = SHA256.HashData(MemoryMarshal.AsBytes(whole.AsSpan()));
        return $"-{Convert.ToHexStringLower(hash, 0, Bytes)}";
    }

    /// <summary>Whether a text ends as such names do.</summary>
    internal static bool Ends(string text) => text.Length >= Length && text[^Length] == '-' && text[^(Length - 1)..].All(char.IsAsciiHexDigitLower);
}
