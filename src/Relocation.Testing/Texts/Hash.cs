using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Texts;

/// <summary>Numbers that are the same for what is the same, and by all odds for nothing else.</summary>
internal static class Hash
{
    internal static ulong Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    internal static ulong Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Makes one number of two; their order counts.</summary>
    internal static ulong Mix(ulong first, ulong second)
    {
        unchecked
        {
            var mixed = (first * 0x9E3779B97F4A7C15) ^ (second + 0xD1B54A32D192ED03 + (first << 6) + (first >> 2));
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
