namespace Relocation.Testing.Generating;

/// <summary>Chooses the record that a reference leads to.</summary>
internal sealed class ReferenceGenerator(
    RelocationReference reference, ModelGenerator owner, ModelGenerator? target, bool isNullable, double nullShare, ulong seed)
{
    private const long Nothing = -1;

    private Digits? _digits;
    private int _place;

    internal RelocationReference Reference => reference;

    /// <summary>The model referred to, or null when it is none of the model's.</summary>
    internal ModelGenerator? Target => target;

    internal bool IsNullable => isNullable;

    internal bool IsDistinct => _digits is not null;

    /// <summary>Whether no two records refer to the same one.</summary>
    internal bool IsDistinctAlone => _digits is { Places: 1, IsShared: false };

    /// <summary>From now on the reference is one of a combination that occurs once.</summary>
    /// <param name="digits">The combinations.</param>
    internal void MakeDistinct(Digits digits)
    {
        // Only references whose target exists are made distinct.
        _digits = digits;
        _place = digits.Add(target!);
    }

    /// <summary>The number of the record referred to, or a negative number for none.</summary>
    internal long At(long number)
    {
        if (target is null)
        {
            return Nothing;
        }

        var hash = StableHash.At(seed, number);
        if (_digits is not null)
        {
            return Distinct(_digits, number, hash);
        }

        // A record refers to earlier ones of its own model, so that a file can be read from top to bottom.
        var available = ReferenceEquals(target, owner) ? number : target.Count;
        if (isNullable && (available == 0 || StableHash.Unit(hash) < nullShare))
        {
            return Nothing;
        }

        return available == 0 ? 0 : StableHash.Below(StableHash.Next(hash), available);
    }

    private long Distinct(Digits digits, long number, ulong hash)
    {
        var combination = number / digits.RecordsEach;
        if (combination >= digits.Capacity)
        {
            // Another reference of the combination is null then, which makes the record distinct.
            return isNullable ? Nothing : StableHash.Below(hash, target!.Count);
        }

        var chosen = digits.At(combination, _place);
        return isNullable && ReferenceEquals(target, owner) && chosen >= number ? Nothing : chosen;
    }
}
