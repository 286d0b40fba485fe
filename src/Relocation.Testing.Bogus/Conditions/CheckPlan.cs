using Relocation.Testing.Generating;

namespace Relocation.Testing.Conditions;

/// <summary>The checks of one model, as far as the caller's own values leave them to us.</summary>
internal sealed class CheckPlan
{
    private readonly RelocationEntity _entity;
    private readonly List<(string Name, Condition Condition, HashSet<string> Fields)> _parts = [];
    private readonly Dictionary<string, CheckGroup> _groups = new(StringComparer.Ordinal);

    /// <summary>Reads the checks.</summary>
    /// <param name="entity">The model.</param>
    /// <param name="isGiven">Whether the caller makes a field's values; checks of such a field are the caller's to keep.</param>
    /// <param name="problems">Where checks go for which no values can be made.</param>
    internal CheckPlan(RelocationEntity entity, Func<string, bool> isGiven, List<string> problems)
    {
        _entity = entity;
        foreach (var (name, sql) in entity.Checks)
        {
            if (ConditionParser.Parse(sql, entity) is not { } condition)
            {
                if (!ConditionParser.FieldsIn(sql, entity).Any(isGiven))
                {
                    problems.Add(Errors.CheckNotUnderstood(entity, name, sql, ConditionParser.FieldsIn(sql, entity)));
                }

                continue;
            }

            foreach (var part in condition is Condition.All all ? all.Parts : [condition])
            {
                if (FieldsOf(part).ToHashSet() is var fields && !fields.Any(isGiven))
                {
                    _parts.Add((name, part, fields));
                }
            }
        }
    }

    /// <summary>Narrows a domain by the tests that hold for every record; false when one of them is not understood.</summary>
    internal bool Narrow(string field, FieldDomain domain) =>
        _parts.Where(part => part.Fields.Contains(field) && part.Fields.Count == 1)
            .All(part => Branches.Of(part.Condition) is [var only] && only.All(domain.Narrow));

    /// <summary>Whether a check ties the field to others.</summary>
    internal bool IsTied(string field) => _parts.Exists(part => part.Fields.Count > 1 && part.Fields.Contains(field));

    /// <summary>Demands that references are a combination of their own wherever a condition holds.</summary>
    internal void Demand(string name, Condition condition, Digits digits, IEnumerable<string> referenceFields) => _parts.Add((
        name,
        new Condition.Any([new Condition.Distinct(digits), new Condition.Not(condition)]),
        [.. FieldsOf(condition), .. referenceFields]));

    /// <summary>Works out the groups of checks that share fields.</summary>
    internal IReadOnlyList<CheckGroup> Group(BranchBuilder builder, ulong seed, List<string> problems)
    {
        var groups = new List<CheckGroup>();
        var open = _parts.ToList();
        while (open.Count > 0)
        {
            var members = new List<(string Name, Condition Condition, HashSet<string> Fields)> { open[0] };
            var fields = new HashSet<string>(open[0].Fields, StringComparer.Ordinal);
            open.RemoveAt(0);
            while (open.FindIndex(part => part.Fields.Overlaps(fields)) is >= 0 and var index)
            {
                members.Add(open[index]);
                fields.UnionWith(open[index].Fields);
                open.RemoveAt(index);
            }

            var names = members.Select(member => member.Name).Distinct().ToList();
            if (builder.Build(new Condition.All([.. members.Select(member => member.Condition)])) is not { } branches)
            {
                problems.Add(Errors.CheckNotUnderstood(_entity, names[0], _entity.Checks.GetValueOrDefault(names[0], names[0]), fields));
            }
            else if (branches.Count == 0)
            {
                problems.Add(Errors.ChecksContradict(_entity, names));
            }
            else
            {
                var group = new CheckGroup(branches, StableHash.Of(seed, string.Join(',', names)));
                groups.Add(group);
                foreach (var field in fields)
                {
                    _groups[field] = group;
                }
            }
        }

        return groups;
    }

    /// <summary>The group that a field belongs to, or null.</summary>
    internal CheckGroup? GroupOf(string field) => _groups.GetValueOrDefault(field);

    private static IEnumerable<string> FieldsOf(Condition condition) => condition switch
    {
        Condition.All(var parts) => parts.SelectMany(FieldsOf),
        Condition.Any(var parts) => parts.SelectMany(FieldsOf),
        Condition.Not(var inner) => FieldsOf(inner),
        Condition.Null(var column, _) => [column],
        Condition.Compared(var column, _, _, _) => [column],
        Condition.Related(var left, _, var right) => [left, right],
        Condition.Listed(var column, _, _) => [column],
        Condition.Like(var column, _, _) => [column],
        Condition.Cased(var column, _) => [column],
        _ => [],
    };
}
