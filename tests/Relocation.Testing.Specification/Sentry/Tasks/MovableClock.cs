namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class MovableClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    internal void Move(TimeSpan by) => _now += by;
}
