using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Specification.Synthetic;

/// <summary>Makes hostile inputs of good ones: the same for the same seed and number, wherever it runs.</summary>
/// <param name="seed">The seed.</param>
/// <param name="number">Which of the inputs of that seed.</param>
public sealed class Mutator(int seed, int number)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1_000 };

    private static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "-1", "1e400", "-1e-400", "9223372036854775807", "9223372036854775808", "1.5", "1E+2", "\"\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"\u202e\"", "\"2024-13-45\"", "\"9999-12-31T23:59:60Z\"", "\"NaN\"", "NaN", "Infinity", "[]", "{}", "[[[]]]", "{\"a\":{\"a\":1}}",
        "\"'; DROP TABLE x; --\"", "\"00000000-0000-0000-0000-000000000000\"", "\"P1Y\"", "\"AAAA\"", "{\"\":1}", ",", ":", "}", "]", "{", "[", "\"", "\\", "\ufeff",
    ];

    private static readonly string[] Labels =
        ["", ".", "a.", ".a", "shop", "shop.Tag", "SHOP.TAG", "shop.tag ", "shop..tag", "nowhere.thing", "shop.order\u0000", "a.\u001b[31m", "a.b.c", "shop.orderline"];

    private readonly Random _random = new(unchecked((seed * 397) ^ (number * 486_187_739)));

    /// <summary>A backup that is spoilt in one to three ways.</summary>
    /// <param name="good">A good one: a JSON array of records.</param>
    public byte[] Backup(byte[] good)
    {
        var bytes = good;
        for (var times = _random.Next(3) == 0 ? 1 + _random.Next(3) : 1; times > 0; times--)
        {
            bytes = _random.Next(8) switch
            {
                0 or 1 => Bytes(bytes),
                2 => Token(bytes),
                3 when _random.Next(4) == 0 => Encoding(bytes),
                _ => Records(bytes),
            };
        }

        return bytes;
    }

    /// <summary>Bytes that are changed, put in, taken out, doubled or cut off.</summary>
    public byte[] Bytes(byte[] good)
    {
        var bytes = good.ToList();
        for (var times = 1 + _random.Next(4); times > 0 && bytes.Count > 0; times--)
        {
            var at = _random.Next(bytes.Count);
            var length = Math.Min(1 + _random.Next(1 << _random.Next(9)), bytes.Count - at);
            switch (_random.Next(7))
            {
                case 0 or 1:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 2:
                    bytes.Insert(at, (byte)_random.Next(256));
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(_random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 5:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)_random.Next(256), length));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A text of few words whose parts are changed, for instance a connection string.</summary>
    /// <param name="good">A good one.</param>
    /// <param name="words">What may be put in.</param>
    public string Text(string good, IReadOnlyList<string> words)
    {
        var text = new StringBuilder(good);
        for (var times = 1 + _random.Next(4); times > 0; times--)
        {
            var at = _random.Next(text.Length + 1);
            switch (_random.Next(5))
            {
                case 0:
                    text.Insert(at, words[_random.Next(words.Count)]);
                    break;
                case 1:
                    text.Insert(at, (char)_random.Next(0x2100));
                    break;
                case 2 when text.Length > 0:
                    text.Remove(Math.Min(at, text.Length - 1), 1);
                    break;
                case 3:
                    text.Length = at;
                    break;
                default:
                    text.Append(words[_random.Next(words.Count)]).Append('=').Append(words[_random.Next(words.Count)]);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>One JSON token, or a part of one, that takes another's place.</summary>
    private byte[] Token(byte[] good)
    {
        if (good.Length == 0)
        {
            return good;
        }

        var at = _random.Next(good.Length);
        var end = good.AsSpan(at).IndexOfAny(",:]}"u8);
        return [.. good[..at], .. System.Text.Encoding.UTF8.GetBytes(Tokens[_random.Next(Tokens.Length)]), .. end < 0 ? [] : good[(at + end)..]];
    }

    private byte[] Encoding(byte[] good)
    {
        switch (_random.Next(5))
        {
            case 0:
                return System.Text.Encoding.Unicode.GetPreamble().Concat(System.Text.Encoding.Unicode.GetBytes(System.Text.Encoding.UTF8.GetString(good))).ToArray();
            case 1:
                return [0xEF, 0xBB, 0xBF, .. good];
            case 2:
                return [.. good.Select(value => value >= 0x80 ? (byte)0xE9 : value)];
            case 3:
                return Compressed(good);
            default:
                return Bytes(Compressed(good));
        }
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        return stream.ToArray();
    }

    private byte[] Records(byte[] good)
    {
        JsonArray records;
        try
        {
            records = (JsonArray)JsonNode.Parse(good)!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidCastException or ArgumentException)
        {
            return Bytes(good);
        }

        if (records.Count == 0 || records[_random.Next(records.Count)] is not JsonObject record)
        {
            return Token(good);
        }

        try
        {
            Change(records, record);
            return System.Text.Encoding.UTF8.GetBytes(records.ToJsonString(Relaxed));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or JsonException)
        {
            // A member twice, which these objects do not hold, or a text that is none.
            return Bytes(good);
        }
    }

    private void Change(JsonArray records, JsonObject record)
    {
        var fields = record["fields"] as JsonObject ?? [];
        var names = fields.Select(field => field.Key).ToList();
        var name = names.Count == 0 ? "name" : names[_random.Next(names.Count)];
        switch (_random.Next(12))
        {
            case 0:
                fields.Remove(name);
                break;
            case 1 when fields.Remove(name, out var moved):
                fields[name + _random.Next(3)] = moved;
                break;
            case 2:
                record["model"] = Labels[_random.Next(Labels.Length)];
                break;
            case 3:
                record["pk"] = Odd();
                break;
            case 4:
                records.Add(record.DeepClone());
                break;
            case 5:
                records.Remove(record);
                break;
            case 6:
                record.Remove(record.ElementAt(_random.Next(record.Count)).Key);
                break;
            case 7 when fields[name] is JsonArray list:
                list.Add(list.Count == 0 ? Odd() : list[_random.Next(list.Count)]?.DeepClone());
                break;
            case 8:
                fields[name] = new string((char)(0x20 + _random.Next(0x500)), 1 << _random.Next(14));
                break;
            case 9:
                for (var field = 0; field < 1 << _random.Next(10); field++)
                {
                    fields[$"g{field.ToString(CultureInfo.InvariantCulture)}"] = 0;
                }

                break;
            case 10:
                fields[name] = Nested(_random.Next(120));
                break;
            default:
                fields[name] = Odd();
                break;
        }
    }

    private JsonNode? Odd()
    {
        while (true)
        {
            try
            {
                return JsonNode.Parse(Tokens[_random.Next(Tokens.Length)]);
            }
            catch (JsonException)
            {
                // No value by itself: another.
            }
        }
    }

    private static JsonNode? Nested(int depth)
    {
        JsonNode? inner = 1;
        for (; depth > 0; depth--)
        {
            inner = depth % 2 == 0 ? new JsonArray(inner) : new JsonObject { ["a"] = inner };
        }

        return inner;
    }
}
