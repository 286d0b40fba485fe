using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Relocation.Testing.Texts;

/// <summary>Takes pieces of validated JSON text apart.</summary>
internal static class JsonText
{
    /// <summary>What a validated value is, by its first byte.</summary>
    internal static JsonToken TokenOf(byte first) => first switch
    {
        (byte)'"' => JsonToken.String,
        (byte)'{' => JsonToken.Object,
        (byte)'[' => JsonToken.Array,
        (byte)'t' => JsonToken.True,
        (byte)'f' => JsonToken.False,
        (byte)'n' => JsonToken.Null,
        _ => JsonToken.Number,
    };

    /// <summary>The value of a hexadecimal digit.</summary>
    internal static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>Resolves the escapes of a string.</summary>
    /// <param name="raw">The bytes between the quotes.</param>
    /// <param name="destination">Takes the text; at least as long as <paramref name="raw"/>.</param>
    /// <returns>How many bytes were written.</returns>
    internal static int Unescape(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            var run = plain < 0 ? raw : raw[..plain];
            run.CopyTo(destination[written..]);
            written += run.Length;
            if (plain < 0)
            {
                return written;
            }

            raw = raw[plain..];
            if (raw[1] == (byte)'u')
            {
                var unit = CodeUnit(raw);
                var isPair = char.IsHighSurrogate(unit);
                var rune = isPair ? new Rune(unit, CodeUnit(raw[6..])) : new Rune(unit);
                written += rune.EncodeToUtf8(destination[written..]);
                raw = raw[(isPair ? 12 : 6)..];
            }
            else
            {
                destination[written++] = Unescaped(raw[1]);
                raw = raw[2..];
            }
        }
    }

    /// <summary>The text of a string.</summary>
    /// <param name="raw">The bytes between the quotes.</param>
    internal static string ToText(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        var text = Encoding.UTF8.GetString(buffer.AsSpan(0, Unescape(raw, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    /// <summary>Copies JSON without the white space between tokens; all else byte for byte.</summary>
    /// <param name="json">A value.</param>
    /// <param name="destination">Takes the text; at least as long as <paramref name="json"/>.</param>
    /// <returns>How many bytes were written.</returns>
    internal static int Minify(ReadOnlySpan<byte> json, Span<byte> destination)
    {
        var written = 0;
        var position = 0;
        while (position < json.Length)
        {
            var current = json[position];
            if (current == (byte)'"')
            {
                var end = EndOfString(json, position, out _);
                json[position..end].CopyTo(destination[written..]);
                written += end - position;
                position = end;
                continue;
            }

            if (current > (byte)' ')
            {
                destination[written++] = current;
            }

            position++;
        }

        return written;
    }

    /// <summary>The position after a string's closing quote.</summary>
    /// <param name="json">Validated text.</param>
    /// <param name="quote">The position of the opening quote.</param>
    /// <param name="isEscaped">Whether the string has a backslash.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int EndOfString(ReadOnlySpan<byte> json, int quote, out bool isEscaped)
    {
        isEscaped = false;
        var position = JsonBytes.FindShortEnd(json, quote + 1);
        if (position >= 0)
        {
            return position + 1;
        }

        var isAscii = true;
        position = JsonBytes.FindStop(json, quote + 1, ref isAscii);
        while (json[position] == (byte)'\\')
        {
            isEscaped = true;
            position = JsonBytes.FindStop(json, position + 2, ref isAscii);
        }

        return position + 1;
    }

    /// <summary>The position after a number or literal.</summary>
    /// <param name="json">Validated text of an object or array.</param>
    /// <param name="position">A position within the number or literal.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int EndOfScalar(ReadOnlySpan<byte> json, int position)
    {
        while (json[position] is not ((byte)',' or (byte)'}' or (byte)']' or <= (byte)' '))
        {
            position++;
        }

        return position;
    }

    /// <summary>Reads an integer of 64 bits; digits only, no fraction and no exponent.</summary>
    internal static bool TryReadInteger(ReadOnlySpan<byte> token, out long value) =>
        Utf8Parser.TryParse(token, out value, out var used) && used == token.Length;

    private static char CodeUnit(ReadOnlySpan<byte> escape) =>
        (char)((HexValue(escape[2]) << 12) | (HexValue(escape[3]) << 8) | (HexValue(escape[4]) << 4) | HexValue(escape[5]));

    private static byte Unescaped(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };
}
