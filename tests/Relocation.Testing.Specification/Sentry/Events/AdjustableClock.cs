namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class AdjustableClock(DateTimeOffset now) : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
