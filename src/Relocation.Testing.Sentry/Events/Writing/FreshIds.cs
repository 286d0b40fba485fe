using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Makes ids of events: from the seed, the clock and the event itself, so that a run under a clock that stands still can be repeated, and two runs at
/// different times, or with other events, do not give two events one id.
/// </summary>
internal sealed class FreshIds(long seed)
{
    private long _last;

    /// <summary>Numbers events of one writer, so that two that are alike otherwise have other ids.</summary>
    /// <param name="events">How many events come in.</param>
    /// <returns>The number of the first of them.</returns>
    internal long Reserve(int events) => Interlocked.Add(ref _last, events) - events + 1;

    /// <summary>Makes the id of an event that has none.</summary>
    internal string Make(long number, long project, DateTimeOffset now, JsonObject data)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"event {seed} {project} {now.UtcTicks} {number} {PayloadText.Of(data)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
