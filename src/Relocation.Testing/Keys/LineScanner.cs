using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Relocation.Testing.Keys;

/// <summary>Reads the parts of one line of a snapshot.</summary>
internal ref struct LineScanner(ReadOnlySpan<char> line)
{
    private readonly ReadOnlySpan<char> _line = line;

    /// <summary>How many characters were read.</summary>
    internal int Position { get; private set; }

    internal readonly bool IsAtEnd => Position == _line.Length;

    private readonly ReadOnlySpan<char> Rest => _line[Position..];

    internal bool TryRead(ReadOnlySpan<char> expected)
    {
        if (!Rest.StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    internal bool TryReadName(out string name)
    {
        if (Rest.StartsWith('"'))
        {
            return TryReadQuoted(out name);
        }

        var length = 0;
        while (length < Rest.Length && !SnapshotText.IsDelimiter(Rest[length]))
        {
            length++;
        }

        name = Rest[..length].ToString();
        Position += length;
        return length > 0;
    }

    internal bool TryReadLabel(out ModelLabel label)
    {
        var start = Position;
        label = default;
        if (TryReadName(out var name) && ModelLabel.TryParse(name, out label))
        {
            return true;
        }

        Position = start;
        return false;
    }

    internal bool TryReadKey(out RecordKey key)
    {
        key = default;
        if (!TryRead("("))
        {
            return TryReadSimpleKey(out key);
        }

        var parts = new List<RecordKey>();
        do
        {
            if (!TryReadSimpleKey(out var part))
            {
                return false;
            }

            parts.Add(part);
        }
        while (TryRead(","));

        if (parts.Count < 2 || !TryRead(")"))
        {
            return false;
        }

        key = RecordKey.From(parts);
        return true;
    }

    private bool TryReadSimpleKey(out RecordKey key)
    {
        key = default;
        if (Rest.StartsWith('"'))
        {
            if (!TryReadQuoted(out var text))
            {
                return false;
            }

            key = RecordKey.From(text);
            return true;
        }

        var length = Rest.IndexOfAny(" ,)");
        var token = length < 0 ? Rest : Rest[..length];
        if (long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            key = RecordKey.From(number);
        }
        else if (Guid.TryParseExact(token, "D", out var guid))
        {
            key = RecordKey.From(guid);
        }
        else
        {
            return false;
        }

        Position += token.Length;
        return true;
    }

    private bool TryReadQuoted(out string text)
    {
        text = string.Empty;
        var length = 1;
        while (length < Rest.Length && Rest[length] != '"')
        {
            length += Rest[length] == '\\' ? 2 : 1;
        }

        if (length >= Rest.Length)
        {
            return false;
        }

        var quoted = Rest[..(length + 1)];
        if (!TryUnescape(quoted, out text))
        {
            return false;
        }

        Position += quoted.Length;
        return true;
    }

    private static bool TryUnescape(ReadOnlySpan<char> quoted, out string text)
    {
        if (!quoted.Contains('\\'))
        {
            text = quoted[1..^1].ToString();
            return true;
        }

        try
        {
            var bytes = new byte[Encoding.UTF8.GetMaxByteCount(quoted.Length)];
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(quoted, bytes)));
            reader.Read();
            text = reader.GetString() ?? string.Empty;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            text = string.Empty;
            return false;
        }
    }
}
