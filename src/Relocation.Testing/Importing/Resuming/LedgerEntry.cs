namespace Relocation.Testing.Importing.Resuming;

/// <summary>What the ledger says of one import.</summary>
/// <param name="Backup">The hash of the backup's decoded text.</param>
/// <param name="Options">The hash of everything else that the result depends on.</param>
/// <param name="StartedAt">The moment of the import, which resumed ones keep.</param>
/// <param name="Chunks">How many chunks are committed, the preparation included.</param>
/// <param name="IsComplete">Whether the import has ended.</param>
internal sealed record LedgerEntry(string Backup, string Options, DateTimeOffset StartedAt, int Chunks, bool IsComplete);
