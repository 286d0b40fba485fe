namespace Relocation.Testing.Baselines;

/// <summary>A baseline that the first test starts, and that continues if that test is cancelled.</summary>
internal sealed class LazyBaseline : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SharedBaseline _baseline;
    private readonly Lazy<Task> _start;

    internal LazyBaseline(Func<CancellationToken, Task<TestDatabase>> create)
    {
        _baseline = new SharedBaseline(create);
        _start = new Lazy<Task>(() => Task.Run(() => _baseline.StartAsync(_stop.Token)));
    }

    internal async Task<SharedBaseline> GetAsync(CancellationToken cancellationToken)
    {
        await _start.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _baseline;
    }

    public async ValueTask DisposeAsync()
    {
        if (_start.IsValueCreated)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _start.Value.ConfigureAwait(false);
        }

        await _baseline.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
