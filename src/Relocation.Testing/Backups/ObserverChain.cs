namespace Relocation.Testing.Backups;

/// <summary>Lets several observers see the same records.</summary>
internal sealed class ObserverChain : RecordObserver
{
    private readonly RecordObserver[] _observers;

    private ObserverChain(RecordObserver[] observers) => _observers = observers;

    /// <summary>One observer for all that are given: null for none.</summary>
    internal static RecordObserver? Of(params ReadOnlySpan<RecordObserver?> observers)
    {
        RecordObserver? only = null;
        var count = 0;
        foreach (var observer in observers)
        {
            only = observer ?? only;
            count += observer is null ? 0 : 1;
        }

        return count < 2 ? only : new ObserverChain([.. observers.ToArray().OfType<RecordObserver>()]);
    }

    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        foreach (var observer in _observers)
        {
            observer.Observe(rank, fields);
        }
    }
}
