using System.Text;
using System.Text.Json;

namespace Relocation.Testing.Sanitizing.Rules;

/// <summary>The text of a rules file: reads its JSON, and tells lines and columns.</summary>
/// <remarks>Comments, and commas behind the last member, are taken, since people edit such files.</remarks>
/// <param name="utf8">The text.</param>
internal sealed class RulesText(byte[] utf8)
{
    private const int Deepest = 32;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads all of it.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    internal RulesValue Read()
    {
        var start = utf8.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = Deepest };
        var reader = new Utf8JsonReader(utf8.AsSpan(start), options);
        reader.Read();
        var value = Value(ref reader, start);
        while (reader.Read())
        {
        }

        return value;
    }

    /// <summary>The line and column, from 1, of a place in the text.</summary>
    internal (int Line, int Column) PlaceOf(int position)
    {
        var before = utf8.AsSpan(0, Math.Clamp(position, 0, utf8.Length));
        var line = before.LastIndexOf((byte)'\n') + 1;
        var skipped = line == 0 && before.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(line + skipped)..]) + 1);
    }

    /// <summary>Where an error of the reader stands.</summary>
    internal int PositionOf(JsonException exception)
    {
        var position = 0;
        for (var line = exception.LineNumber ?? 0; line > 0 && position < utf8.Length; line--)
        {
            var end = utf8.AsSpan(position).IndexOf((byte)'\n');
            position = end < 0 ? utf8.Length : position + end + 1;
        }

        return (int)Math.Min(utf8.Length, position + (exception.BytePositionInLine ?? 0));
    }

    private RulesValue Value(ref Utf8JsonReader reader, int start)
    {
        var position = (int)reader.TokenStartIndex + start;
        var (members, items) = (new List<RulesMember>(), new List<RulesValue>());
        var kind = JsonValueKind.Undefined;
        string? text = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                kind = JsonValueKind.Object;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (name, at) = (reader.GetString()!, (int)reader.TokenStartIndex + start);
                    reader.Read();
                    members.Add(new RulesMember(name, at, Value(ref reader, start)));
                }

                break;
            case JsonTokenType.StartArray:
                kind = JsonValueKind.Array;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, start));
                }

                break;
            case JsonTokenType.String:
                (kind, text) = (JsonValueKind.String, reader.GetString());
                break;
            case JsonTokenType.Number:
                kind = JsonValueKind.Number;
                break;
            case JsonTokenType.True or JsonTokenType.False:
                kind = reader.TokenType == JsonTokenType.True ? JsonValueKind.True : JsonValueKind.False;
                break;
            case JsonTokenType.Null:
                kind = JsonValueKind.Null;
                break;
        }

        return new RulesValue(kind, position, Encoding.UTF8.GetString(utf8.AsSpan(position..(start + (int)reader.BytesConsumed))), text, members, items);
    }
}
