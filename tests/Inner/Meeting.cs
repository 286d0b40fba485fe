namespace Relocation.Testing.Inner;

/// <summary>Two tests that wait for each other, each with its own database: they end only where they run in parallel.</summary>
internal sealed class Meeting
{
    private readonly TaskCompletionSource _isComplete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = 2;

    internal static Meeting OfTwo { get; } = new();

    internal Task JoinAsync()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _isComplete.SetResult();
        }

        return _isComplete.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
