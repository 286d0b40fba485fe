using System.Collections.Concurrent;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Snapshots;

/// <summary>Which test of this run uses which approved file: two tests of one name would never both be right.</summary>
internal static class SnapshotClaims
{
    // Some file systems do not tell capitals from small letters, and what is approved on one is used on others.
    private static readonly ConcurrentDictionary<string, SnapshotClaim> Taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes that a test uses an approved file.</summary>
    /// <exception cref="InvalidOperationException">Another test uses it, which is not the same test on another database.</exception>
    internal static void Take(string approvedPath, SnapshotClaim claim)
    {
        var first = Taken.GetOrAdd(approvedPath, claim);
        if (first != claim && !first.MayShareWith(claim))
        {
            throw SnapshotErrors.SnapshotNameTaken(Path.GetFileName(approvedPath), first.Test, claim.Test);
        }
    }
}
