using Relocation.Testing.Modeling;

namespace Relocation.Testing.Engines;

/// <summary>A table whose key counter is to move, and the highest key that it then has given out.</summary>
internal sealed record CounterValue(Table Table, long Highest);
