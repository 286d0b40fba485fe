using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relocation.Testing.Backups;

/// <summary>Labels as texts.</summary>
internal sealed class LabelConverter : JsonConverter<ModelLabel>
{
    public override ModelLabel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ModelLabel.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, ModelLabel value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
