using System.Text.RegularExpressions;

namespace Relocation.Testing.Importing;

/// <summary>One unique set of a model, and what is done when a record's values for it are taken.</summary>
internal sealed class UniqueCheck
{
    private UniqueCheck(RelocationEntity entity, IReadOnlyList<string> fields, CollisionPolicy policy, UniqueSet? set)
    {
        IsKey = set is null;
        Name = set?.Name ?? (IsKey ? "the primary key" : string.Join('+', fields));
        IgnoresCase = set?.IgnoresCase == true;
        var condition = set?.Condition;
        var compared = fields.Select(name => entity.FindField(name)!).ToList();
        Lookup = new RowLookup(entity, compared)
        {
            IgnoresCase = IgnoresCase,
            Condition = condition,
            ConditionFields = condition is null
                ? []
                : [.. entity.Key.Fields.Concat(entity.Fields).Except(compared).Where(field => Names(condition, field.Column))],
        };
        Changed = IsKey ? null : ChangedFieldOf(entity, set!, policy);

        // A policy for all sets does not fit those that are made of references alone; their collisions fail.
        Policy = Changed is null && !IsKey && IsChanging(policy) ? CollisionPolicy.Fail : policy;
    }

    internal CollisionPolicy Policy { get; }

    /// <summary>What messages call the set.</summary>
    internal string Name { get; }

    internal bool IsKey { get; }

    internal bool IgnoresCase { get; }

    internal RowLookup Lookup { get; }

    /// <summary>The field that gets another value when the policy is to find one.</summary>
    internal RelocationField? Changed { get; }

    /// <summary>
    /// The sets of a model that have a policy, the key first where it can be taken: when records keep their keys, or compose them.
    /// </summary>
    internal static IReadOnlyList<UniqueCheck> Of(RelocationEntity entity, ImportOptions options)
    {
        var general = entity.OnCollision ?? options.OnCollision;
        var checks = new List<UniqueCheck>();
        if (general is { } forKey && entity.Key.Policy != KeyPolicy.Remap)
        {
            checks.Add(new UniqueCheck(entity, [.. entity.Key.Fields.Select(field => field.Name)], KeyPolicyOf(entity, forKey), null));
        }

        foreach (var set in entity.Uniques.Where(set => set.Fields.Count > 0))
        {
            if ((set.OnCollision ?? general) is { } policy)
            {
                checks.Add(new UniqueCheck(entity, set.Fields, policy, set));
            }
        }

        return checks;
    }

    /// <summary>Whether a model has a set with a policy, without making the checks.</summary>
    internal static bool AnyOf(RelocationEntity entity, ImportOptions options) =>
        (entity.OnCollision ?? options.OnCollision) is not null
            ? entity.Uniques.Count > 0 || entity.Key.Policy != KeyPolicy.Remap
            : entity.Uniques.Any(set => set.OnCollision is not null);

    /// <summary>A key that is composed of others' keys cannot be given a new value; a record that would need one fails.</summary>
    private static CollisionPolicy KeyPolicyOf(RelocationEntity entity, CollisionPolicy policy) =>
        IsChanging(policy) && (entity.Key.Policy == KeyPolicy.Compose || entity.Key.Kind == RecordKeyKind.Composite)
            ? CollisionPolicy.Fail
            : policy;

    private static bool Names(string condition, string column) =>
        Regex.IsMatch(condition, $@"(?<![\w$]){Regex.Escape(column)}(?![\w$])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static RelocationField? ChangedFieldOf(RelocationEntity entity, UniqueSet set, CollisionPolicy policy)
    {
        if (!IsChanging(policy))
        {
            return null;
        }

        var candidates = set.Fields.Where(name => set.ChangedField is null || name == set.ChangedField)
            .Where(name => entity.PositionInKey(name) < 0 && !entity.References.Any(reference => reference.Fields.Contains(name)))
            .Select(name => entity.FindField(name)!)
            .Where(field => field.Type == FieldType.Text || (policy == CollisionPolicy.Regenerate && field.Type == FieldType.Guid))
            .ToList();
        return candidates.FindLast(field => field.Default?.Kind is FieldDefaultKind.Token or FieldDefaultKind.Guid && policy == CollisionPolicy.Regenerate)
            ?? candidates.LastOrDefault()
            ?? (set.OnCollision is null ? null : throw Errors.NoFieldToChange(entity, set, policy));
    }

    private static bool IsChanging(CollisionPolicy policy) => policy is CollisionPolicy.Suffix or CollisionPolicy.Regenerate;
}
