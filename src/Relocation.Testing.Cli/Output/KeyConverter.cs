using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relocation.Testing.Cli.Output;

/// <summary>Keys as backups hold them; they are not read back.</summary>
internal sealed class KeyConverter : JsonConverter<RecordKey>
{
    public override RecordKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, RecordKey value, JsonSerializerOptions options) => writer.WriteKeyValue(value);
}
