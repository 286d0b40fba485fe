using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>A JSON object whose members are named by keys, as the ledger's columns hold them.</summary>
internal sealed class JsonEntries
{
    private StringBuilder? _text;

    internal void Add(long key, long value) => Begin(key).Append(CultureInfo.InvariantCulture, $"{value}");

    internal void Add(long key, string value) => Begin(key).Append('"').Append(JavaScriptEncoder.Default.Encode(value)).Append('"');

    /// <summary>The object.</summary>
    public override string ToString() => _text is null ? "{}" : $"{_text}}}";

    private StringBuilder Begin(long key)
    {
        _text = _text is null ? new StringBuilder("{") : _text.Append(',');
        return _text.Append(CultureInfo.InvariantCulture, $"\"{key}\":");
    }
}
