namespace Relocation.Testing.Comparing.Pairing;

/// <summary>Which record of one side is which of the other.</summary>
internal sealed class RecordPairs : IRecordPairing
{
    private readonly SideGraph _left;
    private readonly SideGraph _right;

    internal RecordPairs(SideGraph left, SideGraph right)
    {
        (_left, _right) = (left, right);
        RightOf = new int[left.Count];
        LeftOf = new int[right.Count];
        Array.Fill(RightOf, -1);
        Array.Fill(LeftOf, -1);
        LeftOrdinals = new Ordinals(left, LeftOrdinal);
        RightOrdinals = new Ordinals(right, (_, rank) => rank + 1);
    }

    /// <summary>The right record of each left one, or -1.</summary>
    internal int[] RightOf { get; }

    /// <summary>The left record of each right one, or -1.</summary>
    internal int[] LeftOf { get; }

    /// <summary>The left records' positions: those of the right ones that they are paired with, and beyond for the others.</summary>
    public OrdinalMap LeftOrdinals { get; }

    /// <summary>The right records' positions, as the file has them.</summary>
    public OrdinalMap RightOrdinals { get; }

    internal void Add(int left, int right) => (RightOf[left], LeftOf[right]) = (right, left);

    public bool FollowsFiles(ModelLabel model)
    {
        var last = -1;
        for (var rank = 0; rank < (_right.RecordsOf(model)?.Count ?? 0); rank++)
        {
            var paired = LeftRankOf(model, rank) ?? -1;
            if (paired >= 0 && paired <= last)
            {
                return false;
            }

            last = Math.Max(last, paired);
        }

        return true;
    }

    public int? LeftRankOf(ModelLabel model, int rightRank)
    {
        var node = _right.BaseOf(model) + rightRank;
        return _right.IsLeftOut[node] ? null : LeftOf[node] < 0 ? -1 : LeftOf[node] - _left.BaseOf(model);
    }

    public IEnumerable<int> LeftWithoutPair(ModelLabel model)
    {
        var first = _left.BaseOf(model);
        return Enumerable.Range(0, _left.RecordsOf(model)?.Count ?? 0).Where(rank => RightOf[first + rank] < 0 && !_left.IsLeftOut[first + rank]);
    }

    public int OrdinalOf(ModelLabel model, int rightRank) => rightRank + 1;

    private int LeftOrdinal(ModelLabel model, int rank)
    {
        var paired = RightOf[_left.BaseOf(model) + rank];
        return paired >= 0 ? paired - _right.BaseOf(model) + 1 : (_right.RecordsOf(model)?.Count ?? 0) + rank + 1;
    }

    private sealed class Ordinals(SideGraph side, Func<ModelLabel, int, int> ordinalOf) : OrdinalMap
    {
        public override int? Find(ModelLabel model, RecordKey key) =>
            side.NodeOf(model, key) is >= 0 and var node ? ordinalOf(model, node - side.BaseOf(model)) : null;
    }
}
