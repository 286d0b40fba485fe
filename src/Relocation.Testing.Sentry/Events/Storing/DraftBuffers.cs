namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>Buffers that threads of one batch write to at a time, each for itself. What is written stays until the next batch.</summary>
/// <remarks>Events are written so fast that threads which lock something for each of them wait for each other much of the time.</remarks>
internal sealed class DraftBuffers : IDisposable
{
    private const int MostIdle = 8;

    private readonly DocumentBuffer?[] _idle = new DocumentBuffer?[MostIdle];

    /// <summary>Takes a buffer that nobody else writes to until it is given back.</summary>
    internal DocumentBuffer Take()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } buffer)
            {
                return buffer;
            }
        }

        return new DocumentBuffer();
    }

    /// <summary>Gives a buffer back; one too many is forgotten, with what is written in it once nobody reads that.</summary>
    internal void GiveBack(DocumentBuffer buffer)
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], buffer, null) is null)
            {
                return;
            }
        }
    }

    /// <summary>Begins again; all buffers are back.</summary>
    internal void Clear()
    {
        foreach (var buffer in _idle)
        {
            buffer?.Clear();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            Interlocked.Exchange(ref _idle[i], null)?.Dispose();
        }
    }
}
