namespace Relocation.Testing.Comparing.Pairing;

/// <summary>Says which record of the left side a record of the right one is compared with.</summary>
internal interface IRecordPairing
{
    /// <summary>The positions of the left side's records; those of a pair are the same.</summary>
    public OrdinalMap LeftOrdinals { get; }

    /// <summary>The positions of the right side's records.</summary>
    public OrdinalMap RightOrdinals { get; }

    /// <summary>Whether the pairs of a model follow both files.</summary>
    public bool FollowsFiles(ModelLabel model);

    /// <summary>The rank of the left record that a right one is paired with; -1 where there is none, null where the right one is not looked at.</summary>
    public int? LeftRankOf(ModelLabel model, int rightRank);

    /// <summary>The ranks of the left records that have no pair.</summary>
    public IEnumerable<int> LeftWithoutPair(ModelLabel model);

    /// <summary>The position by which findings name a record, from 1.</summary>
    public int OrdinalOf(ModelLabel model, int rightRank);
}
