using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relocation.Testing.Databases;

/// <summary>What has an exact and short form in bytes already, as a text of these.</summary>
internal sealed class BinaryConverter<T>(Action<BinaryWriter, T> write, Func<BinaryReader, T> read) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var bytes = new BinaryReader(new MemoryStream(reader.GetBytesFromBase64()));
        return read(bytes);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        using var bytes = new MemoryStream();
        using var binary = new BinaryWriter(bytes);
        write(binary, value);
        binary.Flush();
        writer.WriteBase64StringValue(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
