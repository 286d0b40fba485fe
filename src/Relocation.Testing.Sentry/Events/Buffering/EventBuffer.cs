namespace Relocation.Testing.Sentry.Events.Buffering;

/// <summary>What a writer holds back until it is told to write it (docs/events.md); its connections may add to it at a time.</summary>
internal sealed class EventBuffer
{
    private readonly Lock _lock = new();
    private HeldValues _held = new();

    /// <summary>Takes over what a batch has held back, now that all its rows have keys.</summary>
    internal void Add(HeldUpdates held)
    {
        lock (_lock)
        {
            _held.Add(held);
        }
    }

    /// <summary>Gives all of it away to be written. What comes meanwhile waits for the next time.</summary>
    internal HeldValues Take()
    {
        lock (_lock)
        {
            var taken = _held;
            _held = new HeldValues();
            return taken;
        }
    }

    /// <summary>Takes back what could not be written: it is earlier than what came meanwhile.</summary>
    internal void PutBack(HeldValues taken)
    {
        lock (_lock)
        {
            taken.Add(_held);
            _held = taken;
        }
    }
}
