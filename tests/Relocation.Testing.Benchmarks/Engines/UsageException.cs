namespace Relocation.Testing.Benchmarks.Engines;

/// <summary>The command line asks for what cannot be done.</summary>
internal sealed class UsageException(string message) : Exception(message);
