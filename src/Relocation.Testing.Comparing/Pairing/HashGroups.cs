namespace Relocation.Testing.Comparing.Pairing;

/// <summary>The records of both sides that share a number, each group in the order of the files; 0 is shared with nothing.</summary>
internal sealed class HashGroups
{
    private readonly int[] _lefts;
    private readonly int[] _rights;
    private readonly ulong[] _leftHashes;
    private readonly ulong[] _rightHashes;

    internal HashGroups(List<int> lefts, Func<int, ulong> hashOfLeft, List<int> rights, Func<int, ulong> hashOfRight)
    {
        (_lefts, _leftHashes) = Sorted(lefts, hashOfLeft);
        (_rights, _rightHashes) = Sorted(rights, hashOfRight);
    }

    /// <summary>The groups that both sides have records of, in the order of the left side's first ones.</summary>
    internal IEnumerable<(ReadOnlyMemory<int> Left, ReadOnlyMemory<int> Right)> Pairs
    {
        get
        {
            var found = new List<(ReadOnlyMemory<int> Left, ReadOnlyMemory<int> Right)>();
            for (int left = 0, right = 0; left < _lefts.Length && right < _rights.Length;)
            {
                var hash = Math.Max(_leftHashes[left], _rightHashes[right]);
                (left, right) = (Skip(_leftHashes, left, hash), Skip(_rightHashes, right, hash));
                if (left == _lefts.Length || right == _rights.Length || _leftHashes[left] != _rightHashes[right])
                {
                    continue;
                }

                var (leftEnd, rightEnd) = (EndOf(_leftHashes, left), EndOf(_rightHashes, right));
                if (_leftHashes[left] != 0)
                {
                    found.Add((_lefts.AsMemory(left..leftEnd), _rights.AsMemory(right..rightEnd)));
                }

                (left, right) = (leftEnd, rightEnd);
            }

            return found.OrderBy(group => group.Left.Span[0]);
        }
    }

    private static int Skip(ulong[] hashes, int at, ulong hash)
    {
        while (at < hashes.Length && hashes[at] < hash)
        {
            at++;
        }

        return at;
    }

    private static int EndOf(ulong[] hashes, int at)
    {
        var hash = hashes[at];
        while (at < hashes.Length && hashes[at] == hash)
        {
            at++;
        }

        return at;
    }

    private static (int[] Nodes, ulong[] Hashes) Sorted(List<int> nodes, Func<int, ulong> hashOf)
    {
        var sorted = nodes.ToArray();
        var keys = Array.ConvertAll(sorted, node => (Hash: hashOf(node), Node: node));
        Array.Sort(keys, sorted);
        return (sorted, Array.ConvertAll(keys, key => key.Hash));
    }
}
