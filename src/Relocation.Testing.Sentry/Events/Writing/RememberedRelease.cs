namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>A release that was used lately: its version, which may be prefixed, and when it was looked for.</summary>
internal sealed record RememberedRelease(string Version, DateTimeOffset Since);
