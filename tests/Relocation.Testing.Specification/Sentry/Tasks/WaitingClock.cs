namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>A clock that goes on when it is told to, or when somebody waits: then it goes on by that much at once, and remembers it.</summary>
internal sealed class WaitingClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    /// <summary>How long was waited, each time.</summary>
    internal List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => _now;

    internal void GoOn(TimeSpan time) => _now += time;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            Waits.Add(dueTime);
            GoOn(dueTime);
        }

        return TimeProvider.System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
