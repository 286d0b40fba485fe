namespace Relocation.Testing.Comparing.Pairing;

/// <summary>Pairs records that have changed by the values that only one of them has on each side: the more they share, the sooner.</summary>
internal sealed class SharedValues(ulong[][] lefts, ulong[][] rights)
{
    private const int Several = -2;

    /// <summary>The pairs, by the records' positions in both lists.</summary>
    internal List<(int Left, int Right)> Pairs()
    {
        var (byLeft, byRight) = (Owners(lefts), Owners(rights));
        var shared = new Dictionary<(int Left, int Right), int>();
        foreach (var (value, left) in byLeft)
        {
            if (left != Several && byRight.TryGetValue(value, out var right) && right != Several)
            {
                shared[(left, right)] = shared.GetValueOrDefault((left, right)) + 1;
            }
        }

        var pairs = new List<(int Left, int Right)>();
        var (leftTaken, rightTaken) = (new bool[lefts.Length], new bool[rights.Length]);

        // Swapped sides are to give the same pairs, so that neither comes first.
        foreach (var (pair, _) in shared.OrderByDescending(entry => entry.Value)
            .ThenBy(entry => Math.Max(entry.Key.Left, entry.Key.Right)).ThenBy(entry => Math.Min(entry.Key.Left, entry.Key.Right)).ThenBy(entry => entry.Key.Left))
        {
            if (!leftTaken[pair.Left] && !rightTaken[pair.Right])
            {
                (leftTaken[pair.Left], rightTaken[pair.Right]) = (true, true);
                pairs.Add(pair);
            }
        }

        return pairs;
    }

    /// <summary>Which record has a value, or that several have.</summary>
    private static Dictionary<ulong, int> Owners(ulong[][] records)
    {
        var owners = new Dictionary<ulong, int>();
        for (var at = 0; at < records.Length; at++)
        {
            foreach (var value in records[at])
            {
                if (!owners.TryAdd(value, at) && owners[value] != at)
                {
                    owners[value] = Several;
                }
            }
        }

        return owners;
    }
}
