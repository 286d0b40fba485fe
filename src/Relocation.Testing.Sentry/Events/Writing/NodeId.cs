using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>
/// Under what id an event's payload is stored: of its project and its own id, without the day (docs/events.md, Payload and stream).
/// </summary>
internal static class NodeId
{
#pragma warning disable CA5351 // Sentry's ids are this hash; they guard nothing.
    internal static string Of(long project, string eventId) => Convert.ToHexStringLower(
        MD5.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{project}:{eventId}"))));
#pragma warning restore CA5351
}
