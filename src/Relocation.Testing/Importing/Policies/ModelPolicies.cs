using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Policies;

/// <summary>
/// Which models have rules or collision policies, and which of these wait: models whose rules want to see the rows of earlier models, and those that
/// depend on such.
/// </summary>
internal sealed class ModelPolicies
{
    private readonly ImportPlan _plan;
    private readonly ImportOptions _options;
    private readonly HashSet<RelocationEntity> _late = [];
    private readonly Dictionary<RelocationEntity, IReadOnlyList<UniqueCheck>> _checks = [];

    internal ModelPolicies(ImportPlan plan, ImportOptions options)
    {
        _plan = plan;
        _options = options;
        foreach (var entity in plan.Models.Select(planned => planned.Entity))
        {
            if (UniqueCheck.AnyOf(entity, options))
            {
                _checks.Add(entity, UniqueCheck.Of(entity, options, LayoutSet.Of(plan.Model)));
            }

            if (entity.Rules.OfType<RecordRule>().Any(rule => rule.WaitsForRows) || ChecksOf(entity).Any(check => check.IsAboutTriggers)
                || (_late.Count > 0 && DecideAbout(entity)
                    && entity.References.Any(reference => plan.Model.Find(reference.Target) is { } target && _late.Contains(target))))
            {
                _late.Add(entity);
            }
        }
    }

    /// <summary>Checks that policies can be applied to the sets that they are given for.</summary>
    /// <exception cref="RelocationModelException">One cannot.</exception>
    internal static void Check(RelocationModel model, ImportOptions options)
    {
        foreach (var entity in model.Entities)
        {
            if (UniqueCheck.AnyOf(entity, options))
            {
                UniqueCheck.Of(entity, options, LayoutSet.Of(model));
            }

            _ = MemberValues.ChecksOf(LayoutSet.Of(model).Of(entity), entity.OnCollision ?? options.OnCollision).Count();
        }
    }

    /// <summary>Whether records may be left out, so that references to them have to be known.</summary>
    internal static bool MayFilter(ImportOptions options) =>
        options.Rules.Count > 0 || options.Models.Values.Any(model => model.Filter is not null);

    /// <summary>Whether rules or policies decide about the model's records.</summary>
    internal bool DecideAbout(RelocationEntity entity) => entity.Rules.Count > 0 || _checks.ContainsKey(entity);

    /// <summary>The unique sets of a model that have a policy.</summary>
    internal IReadOnlyList<UniqueCheck> ChecksOf(RelocationEntity entity) => _checks.GetValueOrDefault(entity, []);

    /// <summary>Whether the model waits until its turn comes.</summary>
    internal bool IsLate(RelocationEntity entity) => _late.Contains(entity);

    /// <summary>The model's turn has come.</summary>
    internal void WaitNoMore(RelocationEntity entity) => _late.Remove(entity);

    /// <summary>Forgets the sets that are about what triggers make, unless some fire.</summary>
    internal void ForgetTriggersUnless(bool theyFire)
    {
        foreach (var (entity, checks) in theyFire ? [] : _checks.ToList())
        {
            _checks[entity] = [.. checks.Where(check => !check.IsAboutTriggers)];
        }
    }

    /// <summary>The fields of a model that rules, policies and filters look at.</summary>
    /// <exception cref="RelocationModelException">A rule names one that the model does not have.</exception>
    internal IReadOnlyList<string> FieldsOf(RelocationEntity entity)
    {
        if (_options.Rules.Count + _options.Models.Count == 0 && !DecideAbout(entity))
        {
            return [];
        }

        var filter = _options.Models.FirstOrDefault(model => _plan.Model.Find(model.Key) == entity).Value?.Filter;
        var checks = ChecksOf(entity);
        var fields = entity.Rules.SelectMany(rule => rule.Fields)
            .Concat(checks.SelectMany(check => check.AllFields).Select(field => field.Name))
            .Concat(checks.SelectMany(check => check.AllFields).SelectMany(field => entity.References
                .Where(reference => reference.Fields.Contains(field.Name))).SelectMany(reference => reference.Fields))
            .Concat(filter?.Fields ?? [])
            .Concat(_options.Rules.SelectMany(rule => rule.Fields.Where(fields => _plan.Model.Find(fields.Key) == entity))
                .SelectMany(fields => fields.Value))
            .Distinct().ToList();
        return fields.Find(name => entity.FindField(name) is null) is { } unknown ? throw RuleErrors.RuleNamesUnknownField(entity, unknown) : fields;
    }
}
