using System.Text;
using System.Text.Json;
using Relocation.Testing.Importing;

namespace Relocation.Testing.Comparing;

/// <summary>Reads dates as instants: no offset means UTC (import specification, section 1.3).</summary>
internal static class ComparedDates
{
    /// <summary>The instant in ticks, or null when the value is no date.</summary>
    internal static long? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return Iso8601.TryReadDateTime(Encoding.UTF8.GetBytes(value.GetString()!), out var ticks, out var offset)
            ? ticks - (offset ?? TimeSpan.Zero).Ticks
            : null;
    }
}
