using Relocation.Testing.Modeling;

namespace Relocation.Testing.Engines;

/// <summary>A table that an import will write to, and at most how many rows.</summary>
internal sealed record TableLoad(Table Table, int Rows);
