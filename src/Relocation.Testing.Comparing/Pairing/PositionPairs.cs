namespace Relocation.Testing.Comparing.Pairing;

/// <summary>Pairs records by their position among their model's records.</summary>
internal sealed class PositionPairs(ComparedSide left, ComparedSide right) : IRecordPairing
{
    public OrdinalMap LeftOrdinals => left.Ordinals;

    public OrdinalMap RightOrdinals => right.Ordinals;

    public bool FollowsFiles(ModelLabel model) => left.OrderOf(model)?.FollowsFile == true && right.OrderOf(model)?.FollowsFile == true;

    public int? LeftRankOf(ModelLabel model, int rightRank) =>
        right.OrderOf(model)!.OrdinalOf(rightRank) is > 0 and var ordinal && left.OrderOf(model) is { } lefts ? lefts.RankOf(ordinal) : null;

    public IEnumerable<int> LeftWithoutPair(ModelLabel model) => [];

    public int OrdinalOf(ModelLabel model, int rightRank) => right.OrderOf(model)!.OrdinalOf(rightRank);
}
