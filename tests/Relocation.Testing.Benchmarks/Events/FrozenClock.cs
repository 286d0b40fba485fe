namespace Relocation.Testing.Benchmarks.Events;

/// <summary>A clock that stands still, so that all rivals write the same rows.</summary>
internal sealed class FrozenClock : TimeProvider
{
    internal static DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
