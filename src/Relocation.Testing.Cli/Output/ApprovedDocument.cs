namespace Relocation.Testing.Cli.Output;

/// <summary>The comparison with an approved file.</summary>
internal sealed record ApprovedDocument(string File, bool Matches, string? Received, string? Difference)
{
    /// <summary>The comparison, or null where there is no approved file.</summary>
    internal static ApprovedDocument? Of(string? approved, SnapshotMismatchException? mismatch) =>
        approved is null ? null : new ApprovedDocument(approved, mismatch is null, mismatch?.ReceivedPath, mismatch?.Message);
}
