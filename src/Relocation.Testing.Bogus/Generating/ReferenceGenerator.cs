using Relocation.Testing.Conditions;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>Chooses the record that a reference leads to.</summary>
internal sealed class ReferenceGenerator(
    RelocationReference reference, ModelGenerator owner, RecordPool? target, bool isNullable, double nullShare, ulong seed)
{
    private const long Nothing = -1;

    private CheckGroup? _group;
    private Digits? _digits;
    private int _place;
    private bool _isDistinctFirst;
    private bool _isNullBeyond;

    internal RelocationReference Reference => reference;

    /// <summary>The records that may be referred to, or null when their model is none of the model's.</summary>
    internal RecordPool? Target => target;

    internal bool IsNullable => isNullable;

    /// <summary>Whether records refer to others of their own model.</summary>
    internal bool IsOwn => target?.Model == owner.Root;

    internal bool IsDistinct => _digits is not null;

    /// <summary>The combinations that the references of all records are one each of, in the records' order; or null.</summary>
    internal Digits? Pairs => !_isDistinctFirst && _digits is { IsShared: false } ? _digits : null;

    /// <summary>The reference's place in a combination.</summary>
    internal int Place => _place;

    /// <summary>From now on the reference is one of a combination that occurs once.</summary>
    /// <param name="digits">The combinations.</param>
    internal void MakeDistinct(Digits digits)
    {
        // Only references whose target exists are made distinct.
        _digits = digits;
        _place = digits.Add(target!);
    }

    /// <summary>Only the first records need be a combination of their own, as many as there are.</summary>
    internal void MakeDistinctFirst() => _isDistinctFirst = true;

    /// <summary>Once the combinations are used up, this reference is null, which makes the records distinct.</summary>
    internal void BeNullBeyond() => _isNullBeyond = true;

    /// <summary>The record referred to is drawn until checks are met.</summary>
    internal void Obey(CheckGroup group) => _group = group;

    /// <summary>A key that the record might refer to if there were targets; null as often as a reference may be.</summary>
    internal long? Imagine(long number)
    {
        const int Targets = 1_000;
        var (hash, _) = Drawn(number);
        return target is null || (isNullable && hash % 2 == 0) ? null : IsDistinct ? 1 : 1 + StableHash.Below(hash, Targets);
    }

    /// <summary>The number of the record referred to, or a negative number for none.</summary>
    internal long At(long number)
    {
        var (hash, isDrawn) = Drawn(number);
        bool? isNull = isDrawn && isNullable ? hash % 2 == 0 : null;
        if (target is null or { Count: 0 } || isNull == true)
        {
            return Nothing;
        }

        if (_digits is not null && !(_isDistinctFirst && number >= _digits.Capacity))
        {
            return Distinct(_digits, number, hash, isNull == false);
        }

        // A record refers to earlier ones of its own model, so that a file can be read from top to bottom.
        var available = IsOwn ? target.CountBefore(number) : target.Count;
        if (isNullable && isNull is null && (available == 0 || StableHash.Unit(hash) < nullShare))
        {
            return Nothing;
        }

        return target.NumberAt(available == 0 ? 0 : StableHash.Below(StableHash.Next(hash), available));
    }

    private (ulong Hash, bool IsDrawn) Drawn(long number)
    {
        var (hash, draw) = (StableHash.At(seed, number), _group?.DrawAt(reference.Fields[0], number) ?? 0);
        return (draw == 0 ? hash : StableHash.At(hash, draw), draw > 0);
    }

    private long Distinct(Digits digits, long number, ulong hash, bool mustLead)
    {
        var combination = number / digits.RecordsEach;
        if (combination >= digits.Capacity)
        {
            // Another reference of the combination is null then, where this one is not.
            return isNullable && (_isNullBeyond || !mustLead) ? Nothing : target!.NumberAt(StableHash.Below(hash, target.Count));
        }

        var chosen = target!.NumberAt(digits.At(combination, _place));
        return isNullable && !mustLead && IsOwn && chosen >= number ? Nothing : chosen;
    }
}
