using System.Buffers;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>The payloads of a batch as UTF-8, one behind the other: each is written once, whatever rows hold it.</summary>
internal sealed class DocumentBuffer : IBufferWriter<byte>
{
    private const int FirstCapacity = 1 << 16;

    private const int MostKept = 1 << 24;

    private byte[] _bytes = new byte[FirstCapacity];

    /// <summary>How many bytes are written.</summary>
    internal int Length { get; private set; }

    /// <summary>What was written since a position.</summary>
    internal DocumentRange Since(int offset) => new(offset, Length - offset);

    internal ReadOnlySpan<byte> Bytes(DocumentRange range) => _bytes.AsSpan(range.Offset, range.Length);

    /// <summary>All that was written.</summary>
    internal ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>All that was written, and whatever stands behind it: for a driver that takes whole arrays only.</summary>
    internal byte[] Whole => _bytes;

    internal DocumentRange Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
        return new DocumentRange(Length - bytes.Length, bytes.Length);
    }

    /// <summary>Takes back what was written behind a position.</summary>
    internal void Cut(int length) => Length = length;

    /// <summary>Begins again, with the room that there is, unless that is more than most batches need.</summary>
    internal void Clear()
    {
        Length = 0;
        if (_bytes.Length > MostKept)
        {
            _bytes = new byte[FirstCapacity];
        }
    }

    /// <inheritdoc />
    public void Advance(int count) => Length += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void Reserve(int more)
    {
        var needed = Length + Math.Max(more, 256);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        }
    }
}
