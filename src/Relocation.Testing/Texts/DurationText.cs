using System.Globalization;
using System.Xml;

namespace Relocation.Testing.Texts;

/// <summary>Reads lengths of time.</summary>
internal static class DurationText
{
    internal static TimeSpan? Parse(string text)
    {
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span))
        {
            return span;
        }

        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            return null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
