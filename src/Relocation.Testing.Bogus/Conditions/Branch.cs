using Relocation.Testing.Generating;

namespace Relocation.Testing.Conditions;

/// <summary>One way in which a record meets a group of checks.</summary>
internal sealed class Branch
{
    private readonly Dictionary<string, FieldDomain> _domains = new(StringComparer.Ordinal);
    private readonly List<(string Lower, string Upper, long Distance)> _orders = [];
    private readonly List<(string Left, string Right)> _unequal = [];
    private readonly List<Digits> _distinct = [];
    private readonly List<ReferenceGenerator> _required = [];

    /// <summary>What fields may be.</summary>
    internal IReadOnlyDictionary<string, FieldDomain> Domains => _domains;

    /// <summary>Whether values of fields depend on one another.</summary>
    internal bool HasRelations => _orders.Count + _unequal.Count > 0;

    /// <summary>What a field may be, made when it is first asked for.</summary>
    internal FieldDomain Domain(string field, Func<FieldDomain> make)
    {
        if (!_domains.TryGetValue(field, out var domain))
        {
            domain = make();
            _domains.Add(field, domain);
        }

        return domain;
    }

    internal void Require(ReferenceGenerator reference) => _required.Add(reference);

    internal void Require(Digits digits) => _distinct.Add(digits);

    internal bool IsDistinct(Digits digits) => _distinct.Contains(digits);

    /// <summary>Demands that one number is below another, or differs from it; false for what cannot be demanded.</summary>
    internal bool Relate(string left, Comparison comparison, string right)
    {
        switch (comparison)
        {
            case Comparison.Less or Comparison.LessOrEqual:
                _orders.Add((left, right, comparison == Comparison.Less ? 1 : 0));
                return true;
            case Comparison.Greater or Comparison.GreaterOrEqual:
                _orders.Add((right, left, comparison == Comparison.Greater ? 1 : 0));
                return true;
            case Comparison.NotEqual:
                _unequal.Add((left, right));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The fields whose values limit that of a field from below, and how far it must be above them.</summary>
    internal IEnumerable<(string Field, long Distance)> Below(string field) =>
        _orders.Where(order => order.Upper == field).Select(order => (order.Lower, order.Distance));

    /// <summary>A field whose value this one's must not be, if there is one. Of two fields the one after the other looks.</summary>
    internal string? Unequal(string field) => _unequal.Where(pair => Later(pair) == field)
        .Select(pair => pair.Left == field ? pair.Right : pair.Left).FirstOrDefault();

    /// <summary>Settles what fields may be, and says whether any record can be so.</summary>
    internal bool Settle(Func<string, bool> isNullable)
    {
        if (!_domains.All(domain => domain.Value.Settle(isNullable(domain.Key))))
        {
            return false;
        }

        // A lower field leaves room for those above it. Each pass settles one more link of a chain; a circle never settles.
        for (var pass = 0; pass <= _orders.Count; pass++)
        {
            var isSettled = true;
            foreach (var (lower, upper, distance) in _orders)
            {
                if (_domains[lower].IsNull == true || _domains[upper].IsNull == true)
                {
                    continue;
                }

                var (below, above) = (_domains[lower].Line!, _domains[upper].Line!);
                isSettled &= below.Most <= above.Most - distance && above.Least >= below.Least + distance;
                below.Narrow(long.MinValue, above.Most - distance);
                above.Narrow(below.Least + distance, long.MaxValue);
                if (below.IsEmpty || above.IsEmpty)
                {
                    return false;
                }
            }

            if (isSettled)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the record of that number can be so.</summary>
    internal bool IsFeasible(long number) =>
        _distinct.TrueForAll(digits => number < digits.Capacity) && _required.TrueForAll(reference => reference.CanLead(number));

    /// <summary>How many records can be so, with the models' present numbers.</summary>
    internal long Capacity() => Math.Min(
        _distinct.Select(digits => digits.Capacity).DefaultIfEmpty(long.MaxValue).Min(),
        _required.Select(reference => reference.Capacity).DefaultIfEmpty(long.MaxValue).Min());

    private string Later((string Left, string Right) pair)
    {
        var isAbove = string.CompareOrdinal(pair.Left, pair.Right) > 0;
        if (_orders.Exists(order => order.Lower == pair.Left && order.Upper == pair.Right))
        {
            isAbove = false;
        }
        else if (_orders.Exists(order => order.Lower == pair.Right && order.Upper == pair.Left))
        {
            isAbove = true;
        }

        return isAbove ? pair.Left : pair.Right;
    }
}
