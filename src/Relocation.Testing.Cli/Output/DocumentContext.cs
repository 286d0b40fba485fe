using System.Text.Json.Serialization;

namespace Relocation.Testing.Cli.Output;

/// <summary>How documents for programs are written, generated from their types.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ImportDocument))]
internal sealed partial class DocumentContext : JsonSerializerContext;
