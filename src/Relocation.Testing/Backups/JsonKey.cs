using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>Reads keys from JSON.</summary>
internal static class JsonKey
{
    /// <summary>Reads a key: a whole number, a string, or an array of at least two of those.</summary>
    /// <param name="pkToken">The value of <c>pk</c>, or of a reference.</param>
    /// <exception cref="FormatException">The value is no key.</exception>
    internal static RecordKey Read(ReadOnlySpan<byte> pkToken) =>
        TryRead(pkToken, out var key)
            ? key
            : throw new FormatException("A key is a whole number of up to 64 bits, a string, or an array of at least two of those.");

    /// <summary>Reads a key of whatever kind it is; Guids stay text.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> token, out RecordKey key)
    {
        if (token[0] != (byte)'[')
        {
            return TryReadPart(token, null, out key);
        }

        var parts = new List<RecordKey>();
        for (var position = NextPart(token, 1, out var part); !part.IsEmpty; position = NextPart(token, position, out part))
        {
            if (!TryReadPart(part, null, out var partKey))
            {
                key = default;
                return false;
            }

            parts.Add(partKey);
        }

        key = parts.Count > 1 ? RecordKey.From(parts) : default;
        return parts.Count > 1;
    }

    /// <summary>Reads a key of given kinds.</summary>
    /// <param name="token">A value.</param>
    /// <param name="partKinds">What the key's parts are; more than one makes a composite key.</param>
    /// <param name="key">The key.</param>
    internal static bool TryRead(ReadOnlySpan<byte> token, ReadOnlySpan<RecordKeyKind> partKinds, out RecordKey key)
    {
        if (partKinds.Length == 1)
        {
            return TryReadPart(token, partKinds[0], out key);
        }

        key = default;
        if (token[0] != (byte)'[')
        {
            return false;
        }

        var parts = new RecordKey[partKinds.Length];
        var position = 1;
        for (var i = 0; i < parts.Length; i++)
        {
            position = NextPart(token, position, out var part);
            if (part.IsEmpty || !TryReadPart(part, partKinds[i], out parts[i]))
            {
                return false;
            }
        }

        _ = NextPart(token, position, out var rest);
        key = rest.IsEmpty ? RecordKey.From(parts) : default;
        return rest.IsEmpty;
    }

    private static bool TryReadPart(ReadOnlySpan<byte> token, RecordKeyKind? kind, out RecordKey key)
    {
        key = default;
        switch (JsonText.TokenOf(token[0]), kind)
        {
            case (JsonToken.Number, null or RecordKeyKind.Integer) when JsonText.TryReadInteger(token, out var integer):
                key = RecordKey.From(integer);
                return true;
            case (JsonToken.String, null or RecordKeyKind.Text):
                key = RecordKey.From(JsonText.ToText(token[1..^1]));
                return true;
            case (JsonToken.String, RecordKeyKind.Guid) when Guid.TryParseExact(JsonText.ToText(token[1..^1]), "D", out var guid):
                key = RecordKey.From(guid);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Finds the next element of an array of numbers, literals and strings; an empty one at its end or at a nested value.</summary>
    private static int NextPart(ReadOnlySpan<byte> array, int position, out ReadOnlySpan<byte> part)
    {
        while (array[position] is (byte)',' or <= (byte)' ')
        {
            position++;
        }

        var start = position;
        if (array[start] == (byte)'"')
        {
            position = JsonText.EndOfString(array, start, out _);
        }
        else if (array[start] is (byte)'{' or (byte)'[')
        {
            // Neither is a key; what it would be read as is refused.
            part = array[start..(start + 1)];
            return position;
        }
        else
        {
            position = JsonText.EndOfScalar(array, start);
        }

        part = array[start..position];
        return position;
    }
}
