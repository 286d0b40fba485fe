using System.Collections.Concurrent;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>Buffers that threads of one batch write to at a time, each for itself. What is written stays until the next batch.</summary>
internal sealed class DraftBuffers : IDisposable
{
    private readonly ConcurrentBag<DocumentBuffer> _idle = [];

    /// <summary>Takes a buffer that nobody else writes to until it is given back.</summary>
    internal DocumentBuffer Take() => _idle.TryTake(out var buffer) ? buffer : new DocumentBuffer();

    internal void GiveBack(DocumentBuffer buffer) => _idle.Add(buffer);

    /// <summary>Begins again; all buffers are back.</summary>
    internal void Clear()
    {
        foreach (var buffer in _idle)
        {
            buffer.Clear();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        while (_idle.TryTake(out var buffer))
        {
            buffer.Dispose();
        }
    }
}
