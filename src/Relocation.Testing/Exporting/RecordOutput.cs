using System.Buffers;
using System.Text.Json;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>Writes records to a stream, a few at a time.</summary>
internal sealed class RecordOutput : IAsyncDisposable
{
    private const int EnoughBytes = 64 * 1024;
    private const int MaxDepth = 1000;

    private static readonly JsonEncodedText ModelMember = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText KeyMember = JsonEncodedText.Encode("pk");
    private static readonly JsonEncodedText FieldsMember = JsonEncodedText.Encode("fields");

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * EnoughBytes);

    /// <param name="stream">Where to.</param>
    /// <param name="indentation">By how many spaces each level is indented; 0 for one line.</param>
    internal RecordOutput(Stream stream, int indentation)
    {
        _stream = stream;
        Writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions
        {
            Encoder = JsonCopy.Encoder,
            Indented = indentation > 0,
            IndentSize = Math.Max(indentation, 1),
            NewLine = "\n",
            MaxDepth = MaxDepth,
            SkipValidation = true,
        });
        Writer.WriteStartArray();
    }

    internal Utf8JsonWriter Writer { get; }

    /// <summary>Begins a record; its <c>pk</c> is next.</summary>
    internal void BeginRecord(JsonEncodedText label)
    {
        Writer.WriteStartObject();
        Writer.WriteString(ModelMember, label);
        Writer.WritePropertyName(KeyMember);
    }

    internal void BeginFields() => Writer.WritePropertyName(FieldsMember);

    internal ValueTask EndRecordAsync(CancellationToken cancellationToken)
    {
        Writer.WriteEndObject();
        return NextAsync(cancellationToken);
    }

    /// <summary>Hands on what was written, when it is enough.</summary>
    internal ValueTask NextAsync(CancellationToken cancellationToken) =>
        Writer.BytesPending + _buffer.WrittenCount < EnoughBytes ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    internal async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        Writer.WriteEndArray();
        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        // Nothing of an export that failed is written any more.
        Writer.Reset(new ArrayBufferWriter<byte>());
        return Writer.DisposeAsync();
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Writer.Flush();
        await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }
}
