namespace Relocation.Testing.Generating;

/// <summary>Everything that records of one model are made from.</summary>
internal sealed class ModelGenerator(RelocationEntity entity, ulong seed, long wanted)
{
    private readonly List<Func<long>> _limits = [];

    internal RelocationEntity Entity => entity;

    internal ulong Seed => seed;

    /// <summary>How many records the options ask for.</summary>
    internal long Wanted { get; } = wanted;

    /// <summary>How many records there are.</summary>
    internal long Count { get; private set; } = wanted;

    internal List<ReferenceGenerator> References { get; } = [];

    internal IReadOnlyList<KeySource> Key { get; set; } = [];

    internal FieldTree Fields { get; } = new();

    /// <summary>The combinations that the key's references form, when the key has parts of its own besides.</summary>
    internal Digits? SharedKey { get; set; }

    /// <summary>The value of one part of a record's key.</summary>
    internal KeyValue KeyPart(long number, int part) => Key[part].At(number) ?? default;

    /// <summary>There can be no more records than that; it may depend on other models' numbers.</summary>
    internal void Limit(Func<long> limit) => _limits.Add(limit);

    /// <summary>Lowers the number of records to what is possible now, and says whether that changed it.</summary>
    internal bool Shrink()
    {
        var possible = _limits.Aggregate(Wanted, (least, limit) => Math.Min(least, limit()));
        if (possible >= Count)
        {
            return false;
        }

        Count = possible;
        return true;
    }
}
