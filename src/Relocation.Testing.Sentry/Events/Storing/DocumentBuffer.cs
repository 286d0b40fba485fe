using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>The payloads of a batch as UTF-8, one behind the other: each is written once, whatever rows hold it.</summary>
internal sealed class DocumentBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstCapacity = 1 << 16;

    private const int MostKept = 1 << 24;

    private readonly Utf8JsonWriter _json;
    private byte[] _bytes = new byte[FirstCapacity];

    internal DocumentBuffer() => _json = new Utf8JsonWriter(this, PayloadText.Options);

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

    /// <summary>Adds a text that is no JSON; like all texts of columns as they are storable.</summary>
    internal DocumentRange Add(string text)
    {
        var storable = RowCells.Storable(text);
        var length = Encoding.UTF8.GetBytes(storable, GetSpan(Encoding.UTF8.GetMaxByteCount(storable.Length)));
        Length += length;
        return new DocumentRange(Length - length, length);
    }

    /// <summary>Adds JSON: compact, with characters as they are.</summary>
    internal DocumentRange Add(JsonNode node)
    {
        var start = Length;
        _json.Reset(this);
        node.WriteTo(_json);
        _json.Flush();
        return Since(start);
    }

    /// <summary>Adds a whole number.</summary>
    internal void Write(long number)
    {
        const int MostDigits = 20;
        number.TryFormat(GetSpan(MostDigits), out var length, provider: CultureInfo.InvariantCulture);
        Length += length;
    }

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();

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
