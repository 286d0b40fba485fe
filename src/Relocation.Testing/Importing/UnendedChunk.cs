namespace Relocation.Testing.Importing;

/// <summary>Records that were written and of which it is not yet decided whether they end a chunk.</summary>
internal sealed record UnendedChunk(ImportedChunk Records);
