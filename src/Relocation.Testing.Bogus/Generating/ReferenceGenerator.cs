using Relocation.Testing.Conditions;

namespace Relocation.Testing.Generating;

/// <summary>Chooses the record that a reference leads to.</summary>
internal sealed class ReferenceGenerator(
    RelocationReference reference, ModelGenerator owner, RecordPool? target, bool isNullable, double nullShare, ulong seed)
{
    private const long Nothing = -1;

    private readonly List<(string Field, CheckGroup Group)> _checks = [];
    private Digits? _digits;
    private int _place;
    private CheckGroup? _distinctWhere;
    private ReferenceGenerator? _other;

    internal RelocationReference Reference => reference;

    /// <summary>The records that may be referred to, or null when their model is none of the model's.</summary>
    internal RecordPool? Target => target;

    internal bool IsNullable => isNullable;

    /// <summary>Whether records refer to others of their own model.</summary>
    internal bool IsOwn => target?.Model == owner.Root;

    internal bool IsDistinct => _digits is not null;

    /// <summary>The combinations that the references of all records are one each of, in the records' order; or null.</summary>
    internal Digits? Pairs => _distinctWhere is null && _digits is { IsShared: false } ? _digits : null;

    /// <summary>The reference's place in a combination.</summary>
    internal int Place => _place;

    /// <summary>How many records can have the reference, when all must.</summary>
    internal long Capacity => target switch
    {
        null => 0,
        { Count: 0 } when !IsOwn => 0,
        _ => _digits is not null && _distinctWhere is null && !_digits.IsShared ? _digits.Capacity : long.MaxValue,
    };

    /// <summary>From now on the reference is one of a combination that occurs once.</summary>
    /// <param name="digits">The combinations.</param>
    internal void MakeDistinct(Digits digits)
    {
        // Only references whose target exists are made distinct.
        _digits = digits;
        _place = digits.Add(target!);
    }

    /// <summary>The combination need only be one of its own where the group's checks say so.</summary>
    internal void MakeDistinctOnlyWhere(CheckGroup group) => _distinctWhere = group;

    /// <summary>The reference is null, or is not, as the group's checks say of its field.</summary>
    internal void Obey(string field, CheckGroup group) => _checks.Add((field, group));

    /// <summary>Makes two references of a record lead to different records; false where that cannot be promised.</summary>
    internal static bool Separate(ReferenceGenerator first, ReferenceGenerator second)
    {
        if (first._other == second || second._other == first)
        {
            return true;
        }

        if (first.Target is null || first.Target.Model != second.Target?.Model || first.IsDistinct || second.IsDistinct || second._other is not null)
        {
            return false;
        }

        second._other = first;
        second.LimitByOther(first.IsNullable);
        return true;
    }

    /// <summary>Whether the record of that number has something to refer to.</summary>
    internal bool CanLead(long number) => target switch
    {
        null => false,
        _ when _digits is not null && _distinctWhere is null => Distinct(_digits, number, hash: 0, mustLead: false) >= 0,
        { Count: 0 } => IsOwn,
        _ => true,
    };

    /// <summary>The number of the record referred to, or a negative number for none.</summary>
    internal long At(long number)
    {
        var isNull = IsNullAt(number);
        if (target is null or { Count: 0 } || isNull == true)
        {
            return Nothing;
        }

        var hash = StableHash.At(seed, number);
        if (_digits is not null && _distinctWhere?.At(number).IsDistinct(_digits) != false)
        {
            return Distinct(_digits, number, hash, isNull == false);
        }

        // A record refers to earlier ones of its own model, so that a file can be read from top to bottom.
        var available = IsOwn ? target.CountBefore(number) : target.Count;
        if (isNullable && isNull is null && (available == 0 || StableHash.Unit(hash) < nullShare))
        {
            return Nothing;
        }

        var place = available == 0 ? 0 : StableHash.Below(StableHash.Next(hash), available);
        var chosen = target.NumberAt(place);
        return _other is null || _other.At(number) != chosen ? chosen : Otherwise(place, available);
    }

    private long Otherwise(long place, long available) =>
        available > 1 ? target!.NumberAt((place + 1) % available) : isNullable ? Nothing : target!.NumberAt(place);

    private void LimitByOther(bool otherIsNullable)
    {
        if (!isNullable && !otherIsNullable)
        {
            owner.Limit(() => target is { Count: > 1 } ? long.MaxValue : 0);
        }
    }

    private bool? IsNullAt(long number)
    {
        bool? isNull = null;
        foreach (var (field, group) in _checks)
        {
            if (group.At(number).Domains.TryGetValue(field, out var domain) && domain.IsNull is { } wanted)
            {
                isNull = wanted || isNull == true;
            }
        }

        return isNull;
    }

    private long Distinct(Digits digits, long number, ulong hash, bool mustLead)
    {
        var combination = number / digits.RecordsEach;
        if (combination >= digits.Capacity)
        {
            // Another reference of the combination is null then, which makes the record distinct.
            return isNullable && !mustLead ? Nothing : target!.NumberAt(StableHash.Below(hash, target.Count));
        }

        var chosen = target!.NumberAt(digits.At(combination, _place));
        return isNullable && !mustLead && IsOwn && chosen >= number ? Nothing : chosen;
    }
}
