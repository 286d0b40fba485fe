namespace Relocation.Testing.Conditions;

/// <summary>Turns a condition into the ways in which it can hold, each a list of tests that hold together.</summary>
internal static class Branches
{
    private const int Most = 256;

    /// <summary>
    /// The ways, or null when there are too many. A test of a null is neither true nor false in SQL, and a check only fails when it is
    /// false, so a way is one in which no test is false.
    /// </summary>
    internal static IReadOnlyList<IReadOnlyList<Condition>>? Of(Condition condition)
    {
        var branches = Expand(condition, isNegated: false);
        return branches?.Count is > Most ? null : branches;
    }

    private static List<IReadOnlyList<Condition>>? Expand(Condition condition, bool isNegated) => condition switch
    {
        Condition.Not(var inner) => Expand(inner, !isNegated),
        Condition.All(var parts) => isNegated ? Union(parts, true) : Product(parts, false),
        Condition.Any(var parts) => isNegated ? Product(parts, true) : Union(parts, false),
        _ => [[isNegated ? Negated(condition) : condition]],
    };

    private static List<IReadOnlyList<Condition>>? Union(IReadOnlyList<Condition> parts, bool isNegated)
    {
        var all = new List<IReadOnlyList<Condition>>();
        foreach (var part in parts)
        {
            if (Expand(part, isNegated) is not { } branches || all.Count + branches.Count > Most)
            {
                return null;
            }

            all.AddRange(branches);
        }

        return all;
    }

    private static List<IReadOnlyList<Condition>>? Product(IReadOnlyList<Condition> parts, bool isNegated)
    {
        List<IReadOnlyList<Condition>> all = [[]];
        foreach (var part in parts)
        {
            if (Expand(part, isNegated) is not { } branches || all.Count * branches.Count > Most)
            {
                return null;
            }

            all = [.. all.SelectMany(_ => branches, (before, after) => (IReadOnlyList<Condition>)[.. before, .. after])];
        }

        return all;
    }

    private static Condition Negated(Condition test) => test switch
    {
        Condition.Null { IsNull: var isNull } isNullTest => isNullTest with { IsNull = !isNull },
        Condition.Compared compared => compared with { Comparison = compared.Comparison.Negated() },
        Condition.Related related => related with { Comparison = related.Comparison.Negated() },
        Condition.Listed listed => listed with { IsNegated = !listed.IsNegated },
        Condition.Like like => like with { IsNegated = !like.IsNegated },
        _ => new Condition.Not(test),
    };
}
