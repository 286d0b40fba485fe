using System.Text;
using System.Text.Json;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Values;

/// <summary>Reads dates as instants: no offset means UTC (docs/sentry-import.md, section 1.3).</summary>
internal static class ComparedDates
{
    /// <summary>The instant in ticks, or null when the value is no date.</summary>
    internal static long? Read(JsonElement value) => value.ValueKind == JsonValueKind.String ? Read(value.GetString()!) : null;

    /// <summary>The instant in ticks, or null when the text is no date.</summary>
    internal static long? Read(string text) => Iso8601.TryReadDateTime(Encoding.UTF8.GetBytes(text), out var ticks, out var offset)
        ? ticks - (offset ?? TimeSpan.Zero).Ticks
        : null;
}
