namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>A release that was used before: its row, and since when it is known.</summary>
internal sealed record RememberedRelease(long Id, string Version, DateTimeOffset DateAdded, DateTimeOffset Since);
