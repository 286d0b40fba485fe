namespace Relocation.Testing.Backups;

/// <summary>Finds records of one model that have the same key.</summary>
internal static class DuplicateKeys
{
    /// <summary>The ranks of records whose key an earlier one has, each with the first one's rank.</summary>
    internal static IEnumerable<(int Rank, int FirstRank)> Find(ModelRecords records) =>
        !records.Keys.IsInteger ? FindByHash(records) : IsAscending(records.Keys.Integers) ? [] : FindBySorting(records);

    /// <summary>Exports are sorted by key, so that this settles almost every model.</summary>
    private static bool IsAscending(ReadOnlySpan<long> keys)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[i] <= keys[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static List<(int Rank, int FirstRank)> FindBySorting(ModelRecords records)
    {
        var keys = records.Keys.Integers.ToArray();
        var ranks = new int[keys.Length];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = i;
        }

        Array.Sort(keys, ranks);
        var found = new List<(int, int)>();
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                var same = ranks.AsSpan(start, end - start);
                same.Sort();
                for (var i = 1; i < same.Length; i++)
                {
                    found.Add((same[i], same[0]));
                }
            }

            start = end;
        }

        return found;
    }

    private static IEnumerable<(int Rank, int FirstRank)> FindByHash(ModelRecords records)
    {
        var firstRanks = new Dictionary<RecordKey, int>(records.Count);
        for (var rank = 0; rank < records.Count; rank++)
        {
            if (!firstRanks.TryAdd(records.Keys[rank], rank))
            {
                yield return (rank, firstRanks[records.Keys[rank]]);
            }
        }
    }
}
