using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Relocation.Testing.Texts;

/// <summary>
/// Reads a list that a backup holds as text: JSON first, then a Python list literal, then PostgreSQL's <c>{a,b}</c> (docs/sentry-import.md,
/// sections 1.2 and 5.3).
/// </summary>
internal static class ListText
{
    /// <summary>The list as compact JSON, or null when the text is none of the three forms.</summary>
    internal static byte[]? ToJson(ReadOnlySpan<byte> text)
    {
        var trimmed = text.Trim(" \t\r\n"u8);
        if (trimmed.IsEmpty || trimmed[0] is not ((byte)'[' or (byte)'(' or (byte)'{'))
        {
            return null;
        }

        if (trimmed[0] == '[' && TryCompactJson(trimmed) is { } json)
        {
            return json;
        }

        var buffer = new ArrayBufferWriter<byte>(trimmed.Length + 16);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var parser = new LiteralParser(Encoding.UTF8.GetString(trimmed), writer);
        if (!parser.TryReadAll())
        {
            return null;
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The text as compact JSON, or null when it is no JSON.</summary>
    internal static byte[]? TryCompactJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return null;
        }

        var compact = new byte[text.Length];
        return compact.AsSpan(0, JsonText.Minify(text, compact)).ToArray();
    }

    private ref struct LiteralParser(string text, Utf8JsonWriter writer)
    {
        private const int MaxDepth = 64;

        private readonly ReadOnlySpan<char> _text = text;
        private int _position;
        private int _depth;

        internal bool TryReadAll() => TryReadValue() && Peek() == '\0' && _position == _text.Length;

        private bool TryReadValue() => Peek() switch
        {
            '[' => TryReadList(']', TryReadMember),
            '(' => TryReadList(')', TryReadMember),
            '{' => TryReadList('}', TryReadBraceMember),
            '\'' or '"' => TryReadString(),
            'u' or 'b' when _position + 1 < _text.Length && _text[_position + 1] is '\'' or '"' => Skip() && TryReadString(),
            _ => TryReadWord(),
        };

        private delegate bool MemberReader(ref LiteralParser parser);

        private static bool TryReadMember(ref LiteralParser parser) => parser.TryReadValue();

        /// <summary>In braces a member without quotes is text, as PostgreSQL writes it.</summary>
        private static bool TryReadBraceMember(ref LiteralParser parser)
        {
            if (parser.Peek() is '{' or '"')
            {
                return parser.TryReadValue();
            }

            var word = parser.Word(",}");
            if (word.Length == 0)
            {
                return false;
            }

            if (word.Equals("NULL", StringComparison.OrdinalIgnoreCase))
            {
                parser.Writer.WriteNullValue();
            }
            else
            {
                parser.Writer.WriteStringValue(word);
            }

            return true;
        }

        private readonly Utf8JsonWriter Writer => writer;

        private bool TryReadList(char close, MemberReader readMember)
        {
            if (++_depth > MaxDepth)
            {
                return false;
            }

            _position++;
            writer.WriteStartArray();
            while (Peek() != close)
            {
                if (!readMember(ref this))
                {
                    return false;
                }

                if (Peek() == ',')
                {
                    _position++;
                }
                else if (Peek() != close)
                {
                    return false;
                }
            }

            _position++;
            _depth--;
            writer.WriteEndArray();
            return true;
        }

        private bool TryReadString()
        {
            var quote = _text[_position++];
            var value = new StringBuilder();
            while (_position < _text.Length && _text[_position] != quote)
            {
                var letter = _text[_position++];
                if (letter != '\\')
                {
                    value.Append(letter);
                }
                else if (!TryReadEscape(value))
                {
                    return false;
                }
            }

            writer.WriteStringValue(value.ToString());
            return _position++ < _text.Length;
        }

        private bool TryReadEscape(StringBuilder value)
        {
            if (_position >= _text.Length)
            {
                return false;
            }

            var letter = _text[_position++];
            var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits == 0)
            {
                value.Append(letter switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', _ => letter });
                return true;
            }

            if (_position + digits > _text.Length
                || !int.TryParse(_text.Slice(_position, digits), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code)
                || code is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
            {
                return false;
            }

            _position += digits;
            value.Append(char.ConvertFromUtf32(code));
            return true;
        }

        private bool TryReadWord()
        {
            var word = Word(",])}");
            switch (word)
            {
                case "None" or "null":
                    writer.WriteNullValue();
                    return true;
                case "True" or "true":
                    writer.WriteBooleanValue(true);
                    return true;
                case "False" or "false":
                    writer.WriteBooleanValue(false);
                    return true;
                default:
                    return TryWriteNumber(word);
            }
        }

        private readonly bool TryWriteNumber(string word)
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            if (bytes.Length == 0 || TryCompactJson(bytes) is null || !(bytes[0] == '-' || char.IsAsciiDigit((char)bytes[0])))
            {
                return false;
            }

            writer.WriteRawValue(bytes);
            return true;
        }

        private string Word(ReadOnlySpan<char> ends)
        {
            var start = _position;
            while (_position < _text.Length && !ends.Contains(_text[_position]))
            {
                _position++;
            }

            return _text[start.._position].Trim().ToString();
        }

        private bool Skip()
        {
            _position++;
            return true;
        }

        private char Peek()
        {
            while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            {
                _position++;
            }

            return _position < _text.Length ? _text[_position] : '\0';
        }
    }
}
