using Bogus;
using Relocation.Testing.Requests;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Conditions;

/// <summary>The checks of one model, as far as the caller's own values leave them to us.</summary>
internal sealed class CheckPlan
{
    private readonly RelocationEntity _entity;
    private readonly DateOnly _today;
    private readonly Lazy<CheckDatabase> _database;
    private readonly List<CheckPart> _parts = [];
    private readonly List<CheckGroup> _groups = [];

    internal CheckPlan(RelocationEntity entity, Func<string, bool> isGiven, DateOnly today, List<string> problems)
    {
        (_entity, _today, _database) = (entity, today, new Lazy<CheckDatabase>(() => new CheckDatabase(entity)));
        foreach (var (name, sql) in entity.Checks)
        {
            foreach (var part in ConditionReader.Read(entity, name, sql, today).Where(part => !part.Fields.Any(isGiven)))
            {
                if (part.Fields.Count > 0 && (part.Operator is not null || _database.Value.Knows(part)))
                {
                    _parts.Add(part);
                }
                else
                {
                    problems.Add(Errors.CheckNotUnderstood(entity, name, sql, part.Fields));
                }
            }
        }
    }

    /// <summary>Narrows a domain by the conditions on the field alone; false when some of them say what a domain does not.</summary>
    internal bool Narrow(string field, FieldDomain domain) =>
        OnlyOn(field).Aggregate(true, (isWhole, part) => domain.Narrow(part) && isWhole);

    /// <summary>The names of the checks with conditions on the field alone.</summary>
    internal IReadOnlyList<string> ChecksOn(string field) => [.. OnlyOn(field).Select(part => part.Check).Distinct()];

    /// <summary>Whether a check speaks of the field.</summary>
    internal bool Names(string field) => _parts.Exists(part => part.Fields.Contains(field));

    /// <summary>Whether a check ties the field to others.</summary>
    internal bool IsTied(string field) => _parts.Exists(part => part.Fields.Count > 1 && part.Fields.Contains(field));

    /// <summary>Demands that a condition holds for the first records only, one a combination; false if it cannot be judged.</summary>
    internal bool DemandNot(string name, string condition, Func<long> count, Func<string, bool> isSettled)
    {
        var parts = ConditionReader.Read(_entity, name, $"NOT ({condition})", _today);
        if (parts is not [var part] || part.Fields.Count == 0 || part.Fields.Any(isSettled) || !_database.Value.Knows(part))
        {
            return false;
        }

        _parts.Add(part with { Beyond = count });
        return true;
    }

    /// <summary>Puts the conditions that share fields into groups, but for those that fields meet by what they are.</summary>
    internal void Group(Func<CheckPart, bool> isMet, Func<string, string> unitOf, ulong seed)
    {
        var open = _parts.Where(part => part.Beyond is not null || !isMet(part)).ToList();
        while (open.Count > 0)
        {
            var units = new HashSet<string>(StringComparer.Ordinal);
            var members = new List<CheckPart>();
            for (var next = 0; next >= 0; next = open.FindIndex(part => part.Fields.Any(field => units.Contains(unitOf(field)))))
            {
                units.UnionWith(open[next].Fields.Select(unitOf));
                members.Add(open[next]);
                open.RemoveAt(next);
            }

            _groups.Add(new CheckGroup(_entity, members, unitOf, StableHash.Of(seed, string.Join(',', members.Select(part => part.Check).Distinct()))));
        }
    }

    /// <summary>The group that a field belongs to, or null.</summary>
    internal CheckGroup? GroupOf(string field) => _groups.Find(group => group.Fields.Contains(field));

    /// <summary>Lets the groups see the fields' values, and returns them.</summary>
    internal IReadOnlyList<CheckGroup> Connect(Func<string, ValueSource?> sourceOf, Faker faker, List<string> problems)
    {
        foreach (var failed in _groups.Select(group => group.Connect(_database.Value, sourceOf, faker)).OfType<CheckPart>())
        {
            problems.Add(Errors.CheckNotUnderstood(
                _entity, failed.Check, _entity.Checks.GetValueOrDefault(failed.Check, failed.Check), failed.Fields));
        }

        return _groups;
    }

    private IEnumerable<CheckPart> OnlyOn(string field) => _parts.Where(part => part.Beyond is null && part.Fields is [var only] && only == field);
}
