using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Under what id an event's payload is stored: of its project and its own id, without the day (docs/events.md, Payload and stream).
/// </summary>
internal static class NodeId
{
    /// <summary>A number, a colon, and an event's id, which has at most 32 characters.</summary>
    private const int MostBytes = 20 + 1 + (3 * 32);

    internal static string Of(long project, string eventId)
    {
        Span<byte> name = stackalloc byte[MostBytes];
        project.TryFormat(name, out var length, provider: CultureInfo.InvariantCulture);
        name[length++] = (byte)':';
        length += Encoding.UTF8.GetBytes(eventId, name[length..]);
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // Sentry's ids are this hash; they guard nothing.
        MD5.HashData(name[..length], hash);
#pragma warning restore CA5351
        return Convert.ToHexStringLower(hash);
    }
}
