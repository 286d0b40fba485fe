using Relocation.Testing.Generating;

namespace Relocation.Testing.Conditions;

/// <summary>The numbers of a line among which a value is chosen.</summary>
internal sealed class LineDomain
{
    private readonly NumberLine _line;
    private readonly HashSet<long> _except = [];
    private long[]? _only;

    internal LineDomain(NumberLine line, IReadOnlyList<long>? only)
    {
        _line = line;
        (Least, Most) = (line.Least, line.Most);
        if (only is not null)
        {
            Keep(only);
        }
    }

    internal long Least { get; private set; }

    internal long Most { get; private set; }

    /// <summary>Whether there is a closed list of numbers.</summary>
    internal bool IsList => _only is not null;

    /// <summary>Whether single numbers are excluded.</summary>
    internal bool HasHoles => _except.Count > 0;

    /// <summary>Whether numbers of the two mean the same, so that they can be compared.</summary>
    internal bool IsAlike(LineDomain other) => _line.IsAlike(other._line);

    internal bool IsEmpty => Least > Most || _only is { Length: 0 } || (Most - (Int128)Least < _except.Count && Candidates().Count == 0);

    /// <summary>Narrows the numbers by a comparison; false when the value is none of the line's.</summary>
    internal bool Compare(Comparison comparison, object value)
    {
        if (_line.Place(value) is not { } place || Math.Abs(place) > long.MaxValue / 2)
        {
            return false;
        }

        var (floor, ceiling) = ((long)Math.Floor(place), (long)Math.Ceiling(place));
        switch (comparison)
        {
            case Comparison.Equal:
                Keep(floor == ceiling ? [floor] : []);
                break;
            case Comparison.NotEqual when floor == ceiling:
                _except.Add(floor);
                break;
            case Comparison.Less:
                Narrow(long.MinValue, ceiling - 1);
                break;
            case Comparison.LessOrEqual:
                Narrow(long.MinValue, floor);
                break;
            case Comparison.Greater:
                Narrow(floor + 1, long.MaxValue);
                break;
            case Comparison.GreaterOrEqual:
                Narrow(ceiling, long.MaxValue);
                break;
        }

        return true;
    }

    /// <summary>Leaves only these numbers, or takes them away; false when one is none of the line's.</summary>
    internal bool List(IReadOnlyList<object> values, bool isNegated)
    {
        var places = values.Select(_line.Place).ToList();
        if (places.Contains(null))
        {
            return false;
        }

        var whole = places.Select(place => place!.Value).Where(place => place == Math.Floor(place)).Select(place => (long)place).ToList();
        if (isNegated)
        {
            _except.UnionWith(whole);
        }
        else
        {
            Keep(whole);
        }

        return true;
    }

    internal void Narrow(long least, long most)
    {
        (Least, Most) = (Math.Max(Least, least), Math.Min(Most, most));
        if (_only is not null)
        {
            Keep(_only);
        }
    }

    /// <summary>Prefers the numbers that such fields usually have, and stays near to them where bounds lead away.</summary>
    internal void PreferUsual()
    {
        if (_only is not null)
        {
            return;
        }

        var usual = _line.Usual;
        var last = usual.Least + usual.Count - 1;
        (Least, Most) = (usual.Least, last) switch
        {
            _ when usual.Least <= Most && last >= Least => (Math.Max(Least, usual.Least), Math.Min(Most, last)),
            _ when last < Least => (Least, Math.Min(Most, Least + usual.Count)),
            _ => (Math.Max(Least, Most - usual.Count), Most),
        };
    }

    /// <summary>A number by hash, not smaller than <paramref name="least"/> and not the excluded one.</summary>
    internal long Choose(ulong hash, long least, long? other)
    {
        var from = Math.Max(Least, least);
        if (_only is not null)
        {
            var candidates = Candidates().Where(number => number >= from && number != other).ToList();
            return candidates.Count == 0 ? _only[^1] : candidates[(int)StableHash.Below(hash, candidates.Count)];
        }

        var step = StableHash.Below(hash, Most - from + 1);
        var chosen = _line.CountsBack ? Most - step : from + step;
        for (var tries = 0; (_except.Contains(chosen) || chosen == other) && tries <= _except.Count + 1; tries++)
        {
            chosen = chosen == Most ? from : chosen + 1;
        }

        return chosen;
    }

    private List<long> Candidates()
    {
        if (_only is not null)
        {
            return [.. _only.Where(number => !_except.Contains(number))];
        }

        var numbers = new List<long>();
        for (var number = Least; number <= Most && numbers.Count == 0; number++)
        {
            if (!_except.Contains(number))
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }

    private void Keep(IEnumerable<long> numbers)
    {
        _only = [.. numbers.Where(number => number >= Least && number <= Most && _only?.Contains(number) != false).Distinct().Order()];
        (Least, Most) = _only.Length == 0 ? (1, 0) : (_only[0], _only[^1]);
    }
}
