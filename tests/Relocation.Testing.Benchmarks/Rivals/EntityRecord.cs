using System.Text.Json;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>One element of a backup.</summary>
internal sealed record EntityRecord(string Model, long Pk, JsonElement Fields);
