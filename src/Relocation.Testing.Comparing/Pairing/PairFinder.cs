using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>
/// Finds which record of one side is which of the other: by natural keys, by sets of fields that are a record's own, by what a record holds
/// and is surrounded by, and the rest by key, where most keys have stayed, or else by the values that only one record has, and by order.
/// </summary>
/// <remarks>
/// Models come after those that they refer to, so that a reference says which record is meant whatever the keys are. Swapping both sides
/// gives the same pairs.
/// </remarks>
internal sealed class PairFinder(SideGraph left, SideGraph right, ComparedModels models, GraphReader leftReader, GraphReader rightReader)
{
    private readonly RecordPairs _pairs = new(left, right);
    private readonly Stack<(int Left, int Right)> _open = new();
    private List<(ulong[] Left, ulong[] Right)> _colours = [];
    private long _sameKeys;
    private long _otherKeys;

    internal async Task<RecordPairs> FindAsync(CancellationToken cancellationToken)
    {
        _colours = Colouring.Of(left, right, cancellationToken);
        foreach (var label in PairingOrder.Of(left, right, models))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (left.RecordsOf(label) is null || right.RecordsOf(label) is null)
            {
                continue;
            }

            if (models[label].HasNaturalKeys)
            {
                PairByNaturalKeys(label);
                continue;
            }

            PairBySets(label);
            PairByContent(label);
            await PairRestAsync(label, cancellationToken).ConfigureAwait(false);
        }

        return _pairs;
    }

    private static List<int> Unpaired(SideGraph side, int[] paired, ModelLabel label)
    {
        var (first, count) = (side.BaseOf(label), side.RecordsOf(label)!.Count);
        var unpaired = new List<int>();
        for (var node = first; node < first + count; node++)
        {
            if (paired[node] < 0 && !side.IsLeftOut[node])
            {
                unpaired.Add(node);
            }
        }

        return unpaired;
    }

    private (List<int> Left, List<int> Right) Unpaired(ModelLabel label) => (Unpaired(left, _pairs.RightOf, label), Unpaired(right, _pairs.LeftOf, label));

    private void PairByNaturalKeys(ModelLabel label)
    {
        var (model, leftKeys, rightKeys) = (models[label], left.Keys[label], right.Keys[label]);
        var (lefts, rights) = Unpaired(label);
        PairGroups(
            new HashGroups(
                lefts, node => Hash.Mix(leftKeys[node - left.BaseOf(label)], Referred(left, node, isLeft: true, model.IsOfKey)),
                rights, node => Hash.Mix(rightKeys[node - right.BaseOf(label)], Referred(right, node, isLeft: false, model.IsOfKey))),
            label);
        if (model.HasPartlyReferredKey)
        {
            // The reference may have changed in the part that is no key.
            (lefts, rights) = Unpaired(label);
            PairAlone(new HashGroups(lefts, node => leftKeys[node - left.BaseOf(label)], rights, node => rightKeys[node - right.BaseOf(label)]), label);
        }
    }

    private void PairAlone(HashGroups groups, ModelLabel label)
    {
        foreach (var (one, other) in groups.Pairs)
        {
            if (one.Length == 1 && other.Length == 1)
            {
                Pair(label, one.Span[0], other.Span[0]);
            }
        }
    }

    /// <summary>Pairs records that alone have some values on both sides.</summary>
    private void PairBySets(ModelLabel label)
    {
        for (var set = 0; set < models[label].Sets.Count; set++)
        {
            var (lefts, rights) = Unpaired(label);
            var fields = models[label].Sets[set];
            PairAlone(new HashGroups(lefts, node => SetOf(left, node, isLeft: true), rights, node => SetOf(right, node, isLeft: false)), label);

            ulong SetOf(SideGraph side, int node, bool isLeft)
            {
                var own = side.Sets[label][set][node - side.BaseOf(label)];
                if (own == 0)
                {
                    return 0;
                }

                foreach (var field in fields)
                {
                    if (!models[label].ReferenceFields.Contains(field))
                    {
                        continue;
                    }

                    // A set with a record that has no pair, or not yet, tells nothing.
                    var referred = NameOf(side, node, isLeft, models.PathOf(field));
                    if (referred == 0)
                    {
                        return 0;
                    }

                    own = Hash.Mix(own, referred);
                }

                return own;
            }
        }
    }

    /// <summary>What a record refers to by one field, as a number that both sides share; 0 where that has no pair.</summary>
    private ulong NameOf(SideGraph side, int node, bool isLeft, int path)
    {
        foreach (var edge in side.From(node))
        {
            if (edge.Path == path)
            {
                return NameOf(edge.Node, isLeft);
            }
        }

        return 0;
    }

    private ulong NameOf(int node, bool isLeft)
    {
        var paired = isLeft ? _pairs.RightOf[node] : _pairs.LeftOf[node] < 0 ? -1 : node;
        return paired < 0 ? 0 : Hash.Mix(0x5AFE, (ulong)paired);
    }

    /// <summary>What a record refers to, as a number that both sides share; what has no pair goes by what it holds.</summary>
    private ulong Referred(SideGraph side, int node, bool isLeft, Func<string, bool>? isMeant = null)
    {
        var sum = 0UL;
        foreach (var edge in side.From(node))
        {
            if (isMeant?.Invoke(models.NameOf(edge.Path)) != false)
            {
                var name = NameOf(edge.Node, isLeft);
                unchecked
                {
                    sum += Hash.Mix((ulong)edge.Path, name == 0 ? side.Contents[edge.Node] : name);
                }
            }
        }

        return sum;
    }

    private void PairByContent(ModelLabel label)
    {
        for (var level = _colours.Count - 1; level >= 0; level--)
        {
            var (lefts, rights) = Unpaired(label);
            if (lefts.Count == 0 || rights.Count == 0)
            {
                return;
            }

            var (leftColours, rightColours) = _colours[level];
            PairGroups(
                new HashGroups(
                    lefts, node => Hash.Mix(Hash.Mix(left.Contents[node], leftColours[node]), Referred(left, node, isLeft: true)),
                    rights, node => Hash.Mix(Hash.Mix(right.Contents[node], rightColours[node]), Referred(right, node, isLeft: false))),
                label);
        }
    }

    /// <summary>Pairs the records of each group: those with the same key, then the others by order.</summary>
    private void PairGroups(HashGroups groups, ModelLabel label)
    {
        foreach (var (one, other) in groups.Pairs)
        {
            if (one.Length == 1 && other.Length == 1)
            {
                Pair(label, one.Span[0], other.Span[0]);
                continue;
            }

            // Records that nothing tells apart: what surrounds a pair of them has to follow the choice.
            foreach (var (leftNode, rightNode) in SameKeys(label, one.ToArray(), other.ToArray()))
            {
                PairWithSurroundings(label, leftNode, rightNode);
            }

            var (lefts, rights) = (one.ToArray().Where(node => _pairs.RightOf[node] < 0).ToList(), other.ToArray().Where(node => _pairs.LeftOf[node] < 0).ToList());
            for (int at = 0, to = 0; at < lefts.Count && to < rights.Count; at++)
            {
                while (to < rights.Count && _pairs.LeftOf[rights[to]] >= 0)
                {
                    to++;
                }

                if (_pairs.RightOf[lefts[at]] < 0 && to < rights.Count)
                {
                    PairWithSurroundings(label, lefts[at], rights[to++]);
                }
            }
        }
    }

    private List<(int Left, int Right)> SameKeys(ModelLabel label, IReadOnlyList<int> lefts, IReadOnlyList<int> rights)
    {
        var byKey = new Dictionary<RecordKey, int>();
        foreach (var node in lefts)
        {
            byKey.TryAdd(KeyOf(left, label, node), node);
        }

        var found = new List<(int Left, int Right)>();
        foreach (var node in rights)
        {
            if (byKey.Remove(KeyOf(right, label, node), out var same))
            {
                found.Add((same, node));
            }
        }

        return found;
    }

    private static RecordKey KeyOf(SideGraph side, ModelLabel label, int node) => side.RecordsOf(label)!.Keys[node - side.BaseOf(label)];

    private void Pair(ModelLabel label, int leftNode, int rightNode)
    {
        // The surroundings of a pair before may have taken either.
        if (_pairs.RightOf[leftNode] >= 0 || _pairs.LeftOf[rightNode] >= 0)
        {
            return;
        }

        _pairs.Add(leftNode, rightNode);
        _ = KeyOf(left, label, leftNode) == KeyOf(right, label, rightNode) ? _sameKeys++ : _otherKeys++;
    }

    private void PairWithSurroundings(ModelLabel label, int leftNode, int rightNode)
    {
        if (_pairs.RightOf[leftNode] >= 0 || _pairs.LeftOf[rightNode] >= 0)
        {
            return;
        }

        Pair(label, leftNode, rightNode);
        _open.Push((leftNode, rightNode));
        while (_open.TryPop(out var pair))
        {
            Follow(left.From(pair.Left), right.From(pair.Right));
            Follow(left.To(pair.Left), right.To(pair.Right));
        }
    }

    /// <summary>Pairs the records at the other ends where there is no choice: one alone looks, from afar, as one of the other side does.</summary>
    private void Follow(ReadOnlySpan<RecordEdge> lefts, ReadOnlySpan<RecordEdge> rights)
    {
        var (leftOnes, rightOnes) = (Ones(lefts, _colours[^1].Left, _pairs.RightOf, left), Ones(rights, _colours[^1].Right, _pairs.LeftOf, right));
        foreach (var (end, node) in leftOnes)
        {
            if (node >= 0 && rightOnes.TryGetValue(end, out var other) && other >= 0 && _pairs.RightOf[node] < 0 && _pairs.LeftOf[other] < 0)
            {
                _pairs.Add(node, other);
                _open.Push((node, other));
            }
        }
    }

    /// <summary>The record without a pair at the other end, by field and looks; -1 where there are several.</summary>
    private static Dictionary<(int Path, ulong Colour), int> Ones(ReadOnlySpan<RecordEdge> edges, ulong[] colours, int[] paired, SideGraph side)
    {
        var ones = new Dictionary<(int Path, ulong Colour), int>();
        foreach (var edge in edges)
        {
            if (paired[edge.Node] < 0 && !side.IsLeftOut[edge.Node] && !ones.TryAdd((edge.Path, colours[edge.Node]), edge.Node)
                && ones[(edge.Path, colours[edge.Node])] != edge.Node)
            {
                ones[(edge.Path, colours[edge.Node])] = -1;
            }
        }

        return ones;
    }

    /// <summary>Pairs records that have changed.</summary>
    private async Task PairRestAsync(ModelLabel label, CancellationToken cancellationToken)
    {
        var (lefts, rights) = Unpaired(label);
        if (lefts.Count == 0 || rights.Count == 0)
        {
            return;
        }

        var same = SameKeys(label, lefts, rights);
        if (KeysStayed(label, same.Count))
        {
            same.ForEach(pair => Pair(label, pair.Left, pair.Right));
            return;
        }

        var shared = new SharedValues(
            await MembersAsync(left, leftReader, lefts, isLeft: true).ConfigureAwait(false), await MembersAsync(right, rightReader, rights, isLeft: false).ConfigureAwait(false));
        foreach (var (one, other) in shared.Pairs())
        {
            Pair(label, lefts[one], rights[other]);
        }

        (lefts, rights) = Unpaired(label);
        for (var at = 0; at < Math.Min(lefts.Count, rights.Count); at++)
        {
            Pair(label, lefts[at], rights[at]);
        }

        async Task<ulong[][]> MembersAsync(SideGraph side, GraphReader reader, List<int> nodes, bool isLeft)
        {
            var members = await reader.ReadMembersAsync(label, [.. nodes.Select(node => node - side.BaseOf(label))], cancellationToken).ConfigureAwait(false);
            return [.. members.Select((own, at) => own.Concat(NeighboursOf(side, nodes[at], isLeft)).ToArray())];
        }
    }

    private List<ulong> NeighboursOf(SideGraph side, int node, bool isLeft)
    {
        var referred = new List<ulong>();
        foreach (var edge in side.From(node))
        {
            if (NameOf(edge.Node, isLeft) is not 0 and var name)
            {
                referred.Add(Hash.Mix((ulong)edge.Path, name));
            }
        }

        // Records that refer to this one come later; what they hold tells them.
        foreach (var edge in side.To(node))
        {
            referred.Add(Hash.Mix(~(ulong)edge.Path, side.Contents[edge.Node]));
        }

        return referred;
    }

    /// <summary>Whether records are still under their keys: most of those that are paired are, of this model or else of all.</summary>
    private bool KeysStayed(ModelLabel label, int sameAmongRest)
    {
        var (same, other) = (0L, 0L);
        var (first, count) = (left.BaseOf(label), left.RecordsOf(label)!.Count);
        for (var node = first; node < first + count; node++)
        {
            if (_pairs.RightOf[node] is >= 0 and var paired)
            {
                _ = KeyOf(left, label, node) == KeyOf(right, label, paired) ? same++ : other++;
            }
        }

        if (same + other == 0)
        {
            (same, other) = (_sameKeys, _otherKeys);
        }

        return same + other == 0 ? sameAmongRest > 0 : same > other;
    }
}
