using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bogus;

namespace Relocation.Testing.Generating;

/// <summary>Writes records into a buffer, a line each.</summary>
internal sealed class RecordWriter : IDisposable
{
    private static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText Pk = JsonEncodedText.Encode("pk");
    private static readonly JsonEncodedText Fields = JsonEncodedText.Encode("fields");

    private readonly ArrayBufferWriter<byte> _buffer = new(256 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly Faker _faker;
    private bool _hasRecords;

    internal RecordWriter(string locale)
    {
        _faker = new Faker(locale);
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
        _json = new Utf8JsonWriter(_buffer, options);
    }

    internal ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Dispose() => _json.Dispose();

    internal void Write(ModelGenerator model, long number)
    {
        _buffer.Write(_hasRecords ? ",\n"u8 : "[\n"u8);
        _hasRecords = true;
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString(Model, model.LabelOf(number).Value);
        _json.WritePropertyName(Pk);
        model.WriteKey(_json, _faker, number);
        _json.WritePropertyName(Fields);
        model.PartOf(number).Fields.Write(_json, _faker, number);
        _json.WriteEndObject();
        _json.Flush();
    }

    internal void End() => _buffer.Write(_hasRecords ? "\n]\n"u8 : "[]\n"u8);

    /// <summary>Empties the buffer, once its bytes are where they belong.</summary>
    internal void Forget() => _buffer.ResetWrittenCount();
}
