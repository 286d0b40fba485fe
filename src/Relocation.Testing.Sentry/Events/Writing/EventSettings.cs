
namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>What one writer's batches share.</summary>
internal sealed class EventSettings(EventWriterOptions options)
{
    internal EventWriterOptions Options { get; } = options;

    /// <summary>Ids for events that have none.</summary>
    internal FreshIds Ids { get; } = new(options.Seed);

    /// <summary>The releases that were used within the last hour, where they are remembered.</summary>
    internal ReleaseMemory? Memory { get; } = options.RemembersReleases ? new ReleaseMemory() : null;

    internal bool IsDeferred => Options.Buffer == EventBufferMode.Deferred;

    /// <summary>The clock's time, as finely as both engines keep it.</summary>
    internal DateTimeOffset Now() => Moments.Rounded(Options.Clock.GetUtcNow());
}
