using System.Collections.Concurrent;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>The releases that were used within the last hour, by organization and version.</summary>
internal sealed class ReleaseMemory
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(long Organization, string Version), RememberedRelease> _releases = [];

    internal RememberedRelease? Find(long organization, string version, DateTimeOffset now) =>
        _releases.TryGetValue((organization, version), out var release) && now < release.Since + Lifetime ? release : null;

    internal void Keep(long organization, string version, RememberedRelease release) => _releases[(organization, version)] = release;
}
