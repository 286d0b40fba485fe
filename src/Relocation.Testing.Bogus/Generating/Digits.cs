using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>
/// Distinct combinations of records of several models: record number n gets the n-th of them, shuffled so that the first
/// few are not all alike.
/// </summary>
internal sealed class Digits(ulong seed)
{
    private readonly List<RecordPool> _pools = [];

    /// <summary>How many combinations there are.</summary>
    internal long Capacity =>
        (long)_pools.Aggregate((Int128)1, (product, pool) => Int128.Min(product * pool.Count, long.MaxValue));

    /// <summary>Whether records may share a combination, because something else tells them apart.</summary>
    internal bool IsShared { get; init; }

    /// <summary>How many records share a combination.</summary>
    internal long RecordsEach { get; private set; } = 1;

    /// <summary>How many records a combination has.</summary>
    internal int Places => _pools.Count;

    /// <summary>Adds the records of a model and returns its place among the digits.</summary>
    internal int Add(RecordPool pool)
    {
        _pools.Add(pool);
        return _pools.Count - 1;
    }

    /// <summary>Spreads so many records over the combinations, where something else tells them apart.</summary>
    internal void Share(long records)
    {
        var capacity = Capacity;
        RecordsEach = capacity == 0 ? 1 : Math.Max(1, (records / capacity) + (records % capacity == 0 ? 0 : 1));
    }

    /// <summary>The records at a place.</summary>
    internal RecordPool Pool(int place) => _pools[place];

    /// <summary>The number of the combination of two records, by their places in the pools: the inverse of <see cref="At"/>.</summary>
    internal long PairOf(long first, long second)
    {
        var (firsts, seconds) = (_pools[0].Count, _pools[1].Count);
        var high = (second + seconds - StableHash.Below(StableHash.At(seed, first), seconds)) % seconds;
        var low = (first + firsts - StableHash.Below(seed, firsts)) % firsts;
        return low + (high * firsts);
    }

    /// <summary>Which of the records at <paramref name="place"/> the combination holds.</summary>
    internal long At(long combination, int place)
    {
        var shift = seed;
        for (var index = 0; ; index++)
        {
            var count = _pools[index].Count;
            // Each digit is shifted by an amount that only earlier digits decide, so combinations stay distinct.
            var digit = (long)(((Int128)(combination % count) + StableHash.Below(shift, count)) % count);
            if (index == place)
            {
                return digit;
            }

            combination /= count;
            shift = StableHash.At(shift, digit);
        }
    }
}
