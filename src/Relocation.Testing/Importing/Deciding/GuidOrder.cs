using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>Has new Guids follow the order of the old ones, so that rows that are read by key come as they came before.</summary>
/// <remarks>PostgreSQL orders Guids by their bytes and SQLite by their digits, both as they are written, and so does <see cref="RecordKey"/>.</remarks>
internal static class GuidOrder
{
    /// <summary>Puts new keys into the order of the old ones.</summary>
    /// <param name="old">The keys in the backup, all of them Guids.</param>
    /// <param name="keys">As many new ones, in any order.</param>
    internal static void Follow(KeyColumn old, RecordKey[] keys)
    {
        Array.Sort(keys);
        if (IsAscending(old))
        {
            return;
        }

        var before = new RecordKey[keys.Length];
        var ranks = new int[keys.Length];
        for (var rank = 0; rank < ranks.Length; rank++)
        {
            (before[rank], ranks[rank]) = (old[rank], rank);
        }

        Array.Sort(before, ranks);
        var sorted = (RecordKey[])keys.Clone();
        for (var at = 0; at < ranks.Length; at++)
        {
            keys[ranks[at]] = sorted[at];
        }
    }

    private static bool IsAscending(KeyColumn keys)
    {
        for (var rank = 1; rank < keys.Count; rank++)
        {
            if (keys[rank] <= keys[rank - 1])
            {
                return false;
            }
        }

        return true;
    }
}
