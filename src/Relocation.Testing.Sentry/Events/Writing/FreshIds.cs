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
    private long _made;

    internal string Next(long project, DateTimeOffset now, JsonObject data)
    {
        var number = Interlocked.Increment(ref _made);
        var text = string.Create(CultureInfo.InvariantCulture, $"event {seed} {project} {now.UtcTicks} {number} {PayloadText.Of(data)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
