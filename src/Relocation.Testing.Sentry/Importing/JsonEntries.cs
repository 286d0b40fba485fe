using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>A JSON object whose members are named by keys, as the ledger's columns hold them.</summary>
internal sealed class JsonEntries
{
    private StringBuilder? _text;

    internal void Add(long key, long value) => Append(Begin(key), value);

    internal void Add(long key, string value) => Begin(key).Append('"').Append(JavaScriptEncoder.Default.Encode(value)).Append('"');

    /// <summary>The object.</summary>
    public override string ToString() => _text is null ? "{}" : $"{_text}}}";

    private StringBuilder Begin(long key)
    {
        _text = _text is null ? new StringBuilder("{") : _text.Append(',');
        return Append(_text.Append('"'), key).Append("\":");
    }

    private static StringBuilder Append(StringBuilder text, long number)
    {
        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out var written, provider: CultureInfo.InvariantCulture);
        return text.Append(digits[..written]);
    }
}
