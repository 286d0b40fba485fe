using System.Text.Json.Serialization;

namespace Relocation.Testing.Databases;

/// <summary>How results are read and written, generated from their types.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<ImportResult>))]
internal sealed partial class StoredResultsContext : JsonSerializerContext;
