namespace Relocation.Testing.Generating;

/// <summary>
/// Distinct combinations of records of several models: record number n gets the n-th of them, shuffled so that the first
/// few are not all alike.
/// </summary>
internal sealed class Digits(ulong seed)
{
    private readonly List<ModelGenerator> _models = [];

    /// <summary>How many combinations there are.</summary>
    internal long Capacity =>
        (long)_models.Aggregate((Int128)1, (product, model) => Int128.Min(product * model.Count, long.MaxValue));

    /// <summary>Whether records may share a combination, because something else tells them apart.</summary>
    internal bool IsShared { get; init; }

    /// <summary>How many records share a combination.</summary>
    internal long RecordsEach { get; private set; } = 1;

    /// <summary>Adds a model and returns its place among the digits.</summary>
    internal int Add(ModelGenerator model)
    {
        _models.Add(model);
        return _models.Count - 1;
    }

    /// <summary>Spreads so many records over the combinations, where something else tells them apart.</summary>
    internal void Share(long records)
    {
        var capacity = Capacity;
        RecordsEach = capacity == 0 ? 1 : Math.Max(1, (records / capacity) + (records % capacity == 0 ? 0 : 1));
    }

    /// <summary>Which record of the model at <paramref name="place"/> the combination holds.</summary>
    internal long At(long combination, int place)
    {
        var shift = seed;
        for (var index = 0; ; index++)
        {
            var count = _models[index].Count;
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
