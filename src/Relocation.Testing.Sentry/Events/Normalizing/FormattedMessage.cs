using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>
/// Fills the parameters of a message in: by <c>%</c> where the message has one, else by <c>{}</c> (docs/events.md, What is repaired).
/// </summary>
internal static class FormattedMessage
{
    /// <summary>The message with its parameters; null where it has no place for one, or one of them does not fit.</summary>
    internal static string? Make(string message, JsonNode values) =>
        message.Contains('%', StringComparison.Ordinal) ? ByPercent(message, values)
        : message.Contains('{', StringComparison.Ordinal) ? ByBraces(message, values)
        : null;

    private static string? ByPercent(string message, JsonNode values)
    {
        var text = new StringBuilder(message.Length);
        var next = 0;
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] != '%')
            {
                text.Append(message[i]);
                continue;
            }

            if (++i < message.Length && message[i] == '%')
            {
                text.Append('%');
                continue;
            }

            string? key = null;
            if (i < message.Length && message[i] == '(')
            {
                var end = message.IndexOf(')', i);
                if (end < 0)
                {
                    return null;
                }

                key = message[(i + 1)..end];
                i = end + 1;
            }

            while (i < message.Length && message[i] is '-' or '+' or ' ' or '#' or '.' or 'l' or (>= '0' and <= '9'))
            {
                i++;
            }

            if (i >= message.Length || Show(message[i], Find(values, key, ref next)) is not { } shown)
            {
                return null;
            }

            text.Append(shown);
        }

        return text.ToString();
    }

    private static string? ByBraces(string message, JsonNode values)
    {
        var text = new StringBuilder(message.Length);
        var next = 0;
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] is '{' or '}' && i + 1 < message.Length && message[i + 1] == message[i])
            {
                text.Append(message[i++]);
                continue;
            }

            if (message[i] != '{')
            {
                text.Append(message[i]);
                continue;
            }

            var end = message.IndexOf('}', i);
            if (end < 0)
            {
                return null;
            }

            var key = message[(i + 1)..end];
            if (Show('s', Find(values, key.Length == 0 ? null : key, ref next)) is not { } shown)
            {
                return null;
            }

            text.Append(shown);
            i = end;
        }

        return text.ToString();
    }

    /// <summary>A parameter by its name, its number, or the next one.</summary>
    private static JsonNode? Find(JsonNode values, string? key, ref int next)
    {
        if (values is JsonObject named)
        {
            return key is not null && named.TryGetPropertyValue(key, out var value) ? value : null;
        }

        var index = key is null ? next++ : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : -1;
        return values is JsonArray list && index >= 0 && index < list.Count ? list[index] : null;
    }

    private static string? Show(char kind, JsonNode? value) => value is null ? null : kind switch
    {
        's' or 'r' or 'a' => value.GetValueKind() == JsonValueKind.String ? Payload.Text(value) : value.ToJsonString(),
        'd' or 'i' or 'u' => Payload.Number(value) is { } number ? Math.Truncate(number).ToString("0", CultureInfo.InvariantCulture) : null,
        'f' or 'F' or 'g' or 'G' or 'e' or 'E' => Payload.Number(value)?.ToString("R", CultureInfo.InvariantCulture),
        'x' => Payload.Number(value) is { } number ? ((long)number).ToString("x", CultureInfo.InvariantCulture) : null,
        'X' => Payload.Number(value) is { } number ? ((long)number).ToString("X", CultureInfo.InvariantCulture) : null,
        _ => null,
    };
}
