using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Relocation.Testing.Texts;

/// <summary>Searches text for the bytes that end a piece of JSON, several at a time where that pays.</summary>
internal static class JsonBytes
{
    /// <summary>The position of the first byte that is no white space, or the text's length.</summary>
    /// <remarks>Compact text has no white space: inlining the test saves a call before and after each token.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int SkipWhitespace(ReadOnlySpan<byte> text, int position) =>
        (uint)position < (uint)text.Length && text[position] > (byte)' ' ? position : SkipSpaces(text, position);

    /// <summary>The position of the first byte that is no digit, or the text's length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int SkipDigits(ReadOnlySpan<byte> text, int position)
    {
        while ((uint)position < (uint)text.Length && (uint)(text[position] - '0') <= 9)
        {
            position++;
        }

        return position;
    }

    /// <summary>The position of the first quote, backslash or control character, or the text's length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where to begin.</param>
    /// <param name="isAscii">Set to false when a byte before the one found is not ASCII.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int FindStop(ReadOnlySpan<byte> text, int position, ref bool isAscii)
    {
        ref var origin = ref MemoryMarshal.GetReference(text);
        while (position <= text.Length - Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref origin, (nuint)position);
            var stops = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            var stopBits = stops.ExtractMostSignificantBits();
            var highBits = bytes.ExtractMostSignificantBits();
            if (stopBits != 0)
            {
                var count = BitOperations.TrailingZeroCount(stopBits);
                isAscii &= (highBits & ((1u << count) - 1)) == 0;
                return position + count;
            }

            isAscii &= highBits == 0;
            position += Vector128<byte>.Count;
        }

        while ((uint)position < (uint)text.Length)
        {
            var current = text[position];
            if (current is (byte)'"' or (byte)'\\' or < (byte)' ')
            {
                break;
            }

            isAscii &= current < 0x80;
            position++;
        }

        return position;
    }

    /// <summary>The position of the closing quote of a short string without escapes, or -1 for any other.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The position after the opening quote.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FindShortEnd(ReadOnlySpan<byte> text, int start)
    {
        if (start > text.Length - Vector128<byte>.Count)
        {
            return -1;
        }

        var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)start);
        // Escapes, control characters and bytes that are not ASCII are all left to the long way.
        var others = Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
            | Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte();
        var quotes = Vector128.Equals(bytes, Vector128.Create((byte)'"')).ExtractMostSignificantBits();
        var before = quotes & (0 - quotes);
        return quotes != 0 && (others.ExtractMostSignificantBits() & (before - 1)) == 0
            ? start + BitOperations.TrailingZeroCount(quotes)
            : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SkipSpaces(ReadOnlySpan<byte> text, int position)
    {
        while ((uint)position < (uint)text.Length)
        {
            var current = text[position];
            if (current is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                break;
            }

            position++;
        }

        return position;
    }
}
