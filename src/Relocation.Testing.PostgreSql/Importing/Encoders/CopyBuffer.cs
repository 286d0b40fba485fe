using System.Buffers;
using System.Buffers.Binary;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>Pooled bytes on their way to the server, in network byte order.</summary>
internal sealed class CopyBuffer : IDisposable
{
    /// <summary>Large enough that a round through the socket is rare, small enough to stay in the second-level cache.</summary>
    private const int FlushAt = 64 * 1024;

    private const int Size = 2 * FlushAt;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Size);

    /// <summary>How many bytes wait.</summary>
    internal int Length { get; private set; }

    internal bool IsFull => Length >= FlushAt;

    internal ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Room for that many bytes; <see cref="Advance"/> keeps what was written.</summary>
    internal Span<byte> Reserve(int length)
    {
        if (_bytes.Length - Length < length)
        {
            Grow(length);
        }

        return _bytes.AsSpan(Length, length);
    }

    internal void Advance(int written) => Length += written;

    internal void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    internal void WriteInt16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Reserve(sizeof(short)), value);
        Length += sizeof(short);
    }

    internal void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Reserve(sizeof(int)), value);
        Length += sizeof(int);
    }

    internal void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Reserve(sizeof(long)), value);
        Length += sizeof(long);
    }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>A null takes the place of a value's length.</summary>
    internal void WriteNull() => WriteInt32(-1);

    /// <summary>Writes a number over four bytes that were written before.</summary>
    internal void PatchInt32(int position, int value) =>
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(position, sizeof(int)), value);

    /// <summary>Forgets what was written. A buffer that one huge row made large is given back.</summary>
    internal void Clear()
    {
        Length = 0;
        if (_bytes.Length > 2 * Size)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(Size);
        }
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            Length = 0;
        }
    }

    private void Grow(int length)
    {
        var wanted = Math.Max(_bytes.Length * 2L, Length + (long)length);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(wanted, Array.MaxLength));
        Written.Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
