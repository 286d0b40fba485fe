using Relocation.Testing.Generating;

namespace Relocation.Testing.Conditions;

/// <summary>Makes the ways in which a group of checks can hold, from what the fields are.</summary>
/// <param name="entity">The model.</param>
/// <param name="domainOf">What a field may be apart from checks.</param>
/// <param name="referenceOf">The reference that a field is part of, or null.</param>
/// <param name="isFixed">Whether the field's values count up and hold the tests on it alone already.</param>
/// <param name="firstKey">The smallest integer that keys have.</param>
internal sealed class BranchBuilder(
    RelocationEntity entity,
    Func<RelocationField, FieldDomain> domainOf,
    Func<string, ReferenceGenerator?> referenceOf,
    Func<string, bool> isFixed,
    long firstKey)
{
    /// <summary>The ways, without those that no record can be; null when values cannot be made for a test.</summary>
    internal IReadOnlyList<Branch>? Build(Condition condition)
    {
        if (Branches.Of(condition) is not { } all)
        {
            return null;
        }

        var branches = new List<Branch>();
        foreach (var tests in all)
        {
            var branch = new Branch();
            if (!tests.All(test => Add(branch, test)))
            {
                return null;
            }

            if (branch.Settle(field => FieldOf(field).IsNullable && !entity.IsInKey(field)) && Require(branch))
            {
                branches.Add(branch);
            }
        }

        return branches;
    }

    private RelocationField FieldOf(string name) => entity.FieldNamed(name)!;

    private bool Add(Branch branch, Condition test)
    {
        switch (test)
        {
            case Condition.Distinct(var digits):
                branch.Require(digits);
                return true;
            case Condition.Related(var left, var comparison, var right):
                return Relate(branch, left, comparison, right);
            case Condition.Null(var column, _):
                return DomainOf(branch, column).Narrow(test);
            case Condition.Compared { Column: var column } compared when IsKey(column):
                return IsKeptByKeys(compared);
            default:
                var field = ColumnOf(test);
                return field is not null && !IsKey(field) && (isFixed(field) || DomainOf(branch, field).Narrow(test));
        }
    }

    private bool Relate(Branch branch, string left, Comparison comparison, string right)
    {
        var (first, second) = (referenceOf(left), referenceOf(right));
        if (first is not null && second is not null)
        {
            return comparison == Comparison.NotEqual && ReferenceGenerator.Separate(first, second);
        }

        if (first is not null || second is not null)
        {
            // A record refers to earlier ones of its own model, never to itself.
            var (reference, key) = first is not null ? (first, right) : (second!, left);
            var earlier = first is not null ? comparison : comparison.Mirrored();
            return reference is { IsOwn: true, IsNullable: true } && entity.IsInKey(key)
                && earlier is Comparison.NotEqual or Comparison.Less or Comparison.LessOrEqual;
        }

        return !isFixed(left) && !isFixed(right)
            && DomainOf(branch, left).Line is { } line && DomainOf(branch, right).Line is { } other && line.IsAlike(other)
            && branch.Relate(left, comparison, right);
    }

    private FieldDomain DomainOf(Branch branch, string name) => branch.Domain(
        name, () => IsKey(name) ? new FieldDomain(line: null, text: null) : domainOf(FieldOf(name)));

    private bool IsKey(string name) => referenceOf(name) is not null || entity.IsInKey(name);

    private bool IsKeptByKeys(Condition.Compared test) =>
        isFixed(test.Column)
        || (test is { IsLength: false, Value: decimal value } && test.Comparison switch
        {
            Comparison.Greater or Comparison.NotEqual => Math.Min(1, firstKey) > value,
            Comparison.GreaterOrEqual => Math.Min(1, firstKey) >= value,
            _ => false,
        });

    /// <summary>References that must lead somewhere; false when one has nowhere to lead.</summary>
    private bool Require(Branch branch)
    {
        foreach (var (name, domain) in branch.Domains)
        {
            if (domain.IsNull == false && referenceOf(name) is { } reference)
            {
                if (reference.Target is null)
                {
                    return false;
                }

                branch.Require(reference);
            }
        }

        return true;
    }

    private static string? ColumnOf(Condition test) => test switch
    {
        Condition.Compared compared => compared.Column,
        Condition.Listed listed => listed.Column,
        Condition.Like like => like.Column,
        Condition.Cased cased => cased.Column,
        _ => null,
    };
}
