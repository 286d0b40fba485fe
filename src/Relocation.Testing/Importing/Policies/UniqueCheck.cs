using System.Text.RegularExpressions;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Policies;

/// <summary>One unique set of a table, and what is done when a record's values for it are taken.</summary>
internal sealed class UniqueCheck
{
    private UniqueCheck(
        RelocationEntity entity,
        IReadOnlyList<string> fields,
        CollisionPolicy policy,
        UniqueSet? set,
        IEnumerable<TablePart> tables,
        IReadOnlyList<string>? kept = null)
    {
        IsKey = set is null;
        Name = set?.Name ?? (IsKey ? "the primary key" : string.Join('+', fields));
        IgnoresCase = set?.IgnoresCase == true;
        var condition = set?.Condition;
        Lookups = [.. tables.Select(part =>
        {
            var compared = fields.Select(name => Array.Find(part.Columns, column => column.Name == name)!).ToList();
            return new RowLookup(part.Table, compared)
            {
                IgnoresCase = IgnoresCase,
                Condition = condition,
                ConditionFields = condition is null
                    ? []
                    : [.. part.Columns.Except(compared).Where(field => Names(condition, field.Column))],
            };
        })];
        Changed = !IsKey ? ChangedFieldOf(entity, set!, policy, kept ?? [])
            : kept is not null && IsChanging(policy) ? ChangedKeyOf(entity, kept)
            : null;

        // A policy for all sets does not fit those that are made of references alone; their collisions fail.
        Policy = Changed is null && (!IsKey || kept is not null) && IsChanging(policy) ? CollisionPolicy.Fail : policy;
    }

    internal CollisionPolicy Policy { get; }

    /// <summary>Whether only rows count that triggers have made during the import: records are written over these.</summary>
    internal bool IsAboutTriggers { get; init; }

    /// <summary>For each type of a hierarchy whether its records have the set; null when all do.</summary>
    private bool[]? Types { get; init; }

    /// <summary>Where values may be taken: the set's table; for the key of a hierarchy, each table that has rows of it.</summary>
    internal IReadOnlyList<RowLookup> Lookups { get; }

    /// <summary>The fields whose values are compared, and those that the set's condition reads.</summary>
    internal IReadOnlyList<RelocationField> AllFields => [.. Lookups[0].AllFields];

    /// <summary>What messages call the set.</summary>
    internal string Name { get; }

    internal bool IsKey { get; }

    internal bool IgnoresCase { get; }

    /// <summary>The field that gets another value when the policy is to find one.</summary>
    internal RelocationField? Changed { get; }

    /// <summary>Whether records of that type have the set.</summary>
    internal bool AppliesTo(int type) => Types is null || Types[type];

    /// <summary>
    /// The sets of a model that have a policy, the key first where it can be taken: when records keep their keys, or compose them. A set that
    /// several tables of a hierarchy have is one for each of these, as they know nothing of each other.
    /// </summary>
    internal static IReadOnlyList<UniqueCheck> Of(RelocationEntity entity, ImportOptions options, LayoutSet layouts)
    {
        var general = entity.OnCollision ?? options.OnCollision;
        var ofTriggers = general is null && Merges(entity, options) ? CollisionPolicy.Overwrite : (CollisionPolicy?)null;
        var types = layouts.Of(entity);
        var checks = new List<UniqueCheck>();
        if ((general ?? ofTriggers) is { } forKey && entity.Key.Policy != KeyPolicy.Remap)
        {
            checks.Add(new UniqueCheck(
                entity,
                [.. entity.Key.Fields.Select(field => field.Name)],
                KeyPolicyOf(entity, forKey),
                null,
                types.Select(type => type.Parts[0]).DistinctBy(part => part.Table))
            {
                IsAboutTriggers = general is null,
            });
        }

        foreach (var set in entity.Uniques.Where(set => set.Fields.Count > 0))
        {
            if ((set.OnCollision ?? general ?? ofTriggers) is { } policy)
            {
                var parts = types.Select(type => Has(type.Entity, set) ? type.FindPart(set.Fields) : null).ToList();
                checks.AddRange(parts.OfType<TablePart>().DistinctBy(part => part.Table).Select(part => new UniqueCheck(
                    types[parts.IndexOf(part)].Entity, set.Fields, policy, set, [part])
                {
                    IsAboutTriggers = (set.OnCollision ?? general) is null,
                    Types = types.Count == 1 ? null : [.. parts.Select(other => other?.Table == part.Table)],
                }));
            }
        }

        return checks;
    }

    /// <summary>
    /// The sets of rows that members of records become. A link between two records is the same whoever has written it, so it is merged
    /// with what is there whatever is asked for, unless that is to fail.
    /// </summary>
    /// <exception cref="RelocationModelException">A policy cannot be applied to the set that it is given for.</exception>
    internal static IReadOnlyList<UniqueCheck> OfRows(ChildLayout child, CollisionPolicy? ofOwner)
    {
        var rows = child.Rows.Entity;
        var general = rows.OnCollision ?? ofOwner;
        var key = rows.Key.Fields.Select(field => field.Name).ToList();
        var checks = new List<UniqueCheck>();
        if (general is not null && child.Child.Number is null
            && (child.Child.HoldsKeys || !child.Child.OwnerFields.All(key.Contains)) && child.Rows.FindPart(key) is { } keyed)
        {
            var policy = child.Child.HoldsKeys && general != CollisionPolicy.Fail ? CollisionPolicy.Merge : general.Value;
            checks.Add(new UniqueCheck(rows, key, policy, null, [keyed], child.Child.OwnerFields));
        }

        foreach (var set in rows.Uniques)
        {
            if ((set.OnCollision ?? general) is { } policy && child.Rows.FindPart(set.Fields) is { } part)
            {
                checks.Add(new UniqueCheck(rows, set.Fields, policy, set, [part], child.Child.OwnerFields));
            }
        }

        return checks;
    }

    /// <summary>Whether a model has a set with a policy, without making the checks.</summary>
    internal static bool AnyOf(RelocationEntity entity, ImportOptions options) =>
        (entity.OnCollision ?? options.OnCollision) is not null || Merges(entity, options)
            ? entity.Uniques.Count > 0 || entity.Key.Policy != KeyPolicy.Remap
            : entity.Uniques.Any(set => set.OnCollision is not null);

    /// <summary>Whether records are merged with what triggers make.</summary>
    private static bool Merges(RelocationEntity entity, ImportOptions options) => (entity.Triggers ?? options.Triggers) == TriggerPolicy.Merge;

    private static bool Has(RelocationEntity type, UniqueSet set) =>
        type.Uniques.Any(own => own.Name == set.Name && own.Fields.SequenceEqual(set.Fields));

    /// <summary>A key that is composed of others' keys cannot be given a new value; a record that would need one fails.</summary>
    private static CollisionPolicy KeyPolicyOf(RelocationEntity entity, CollisionPolicy policy) =>
        IsChanging(policy) && (entity.Key.Policy == KeyPolicy.Compose || entity.Key.Kind == RecordKeyKind.Composite)
            ? CollisionPolicy.Fail
            : policy;

    private static bool Names(string condition, string column) =>
        Regex.IsMatch(condition, $@"(?<![\w$]){Regex.Escape(column)}(?![\w$])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static RelocationField? ChangedFieldOf(
        RelocationEntity entity, UniqueSet set, CollisionPolicy policy, IReadOnlyList<string> kept)
    {
        if (!IsChanging(policy))
        {
            return null;
        }

        var candidates = set.Fields.Where(name => set.ChangedField is null || name == set.ChangedField)
            .Where(name => entity.PositionInKey(name) < 0 && !kept.Contains(name) && !entity.References.Any(reference => reference.Fields.Contains(name)))
            .Select(name => entity.FindField(name)!)
            .Where(field => field.Type == FieldType.Text || (policy == CollisionPolicy.Regenerate && field.Type == FieldType.Guid))
            .ToList();
        return candidates.FindLast(field => field.Default?.Kind is FieldDefaultKind.Token or FieldDefaultKind.Guid && policy == CollisionPolicy.Regenerate)
            ?? candidates.LastOrDefault()
            ?? (set.OnCollision is null ? null : throw CollisionErrors.NoFieldToChange(entity, set, policy));
    }

    /// <summary>The part of a key that may be another, as nothing but what the row holds itself refers to it.</summary>
    private static RelocationField? ChangedKeyOf(RelocationEntity rows, IReadOnlyList<string> kept) => rows.Key.Fields.LastOrDefault(
        field => !kept.Contains(field.Name) && field.Type is FieldType.Text or FieldType.Guid or FieldType.Integer
            && !rows.References.Any(reference => reference.Fields.Contains(field.Name)));

    private static bool IsChanging(CollisionPolicy policy) => policy is CollisionPolicy.Suffix or CollisionPolicy.Regenerate;
}
