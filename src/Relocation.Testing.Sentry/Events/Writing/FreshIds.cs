using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Makes ids of events: from the seed and the clock, so that a clock that stands still gives the same ones again, and two runs at different times do
/// not give two events one id.
/// </summary>
internal sealed class FreshIds(long seed)
{
    private long _made;

    internal string Next(long project, DateTimeOffset now)
    {
        var number = Interlocked.Increment(ref _made);
        var text = string.Create(CultureInfo.InvariantCulture, $"event {seed} {project} {now.UtcTicks} {number}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
