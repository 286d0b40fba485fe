using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Collisions;
using Relocation.Testing.Importing.Triggers;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Rules;

/// <summary>
/// Decides about the records of models that have rules or collision policies: of all of them before the first row, but for models whose rules want to
/// see the rows of earlier models, and those that depend on such.
/// </summary>
internal sealed class Settlement : IDisposable
{
    private readonly ImportPlan _plan;
    private readonly ImportOptions _options;
    private readonly HashSet<RelocationEntity> _late = [];
    private readonly Dictionary<ModelLabel, RecordValues> _values = [];
    private readonly Dictionary<RelocationEntity, IReadOnlyList<UniqueCheck>> _checks = [];
    private readonly Dictionary<RelocationEntity, IReadOnlySet<RecordKey>> _before = [];
    private ImportContext? _context;
    private ImportTransaction? _transaction;
    private DropSettlement? _drops;

    private Settlement(ImportPlan plan, ImportOptions options, LayoutSet layouts)
    {
        _plan = plan;
        _options = options;
        foreach (var entity in plan.Models.Select(planned => planned.Entity))
        {
            if (UniqueCheck.AnyOf(entity, options))
            {
                _checks.Add(entity, UniqueCheck.Of(entity, options, layouts));
            }

            if (entity.Rules.Any(rule => rule is RecordRule { Timing: RuleTiming.WhenReached }) || IsAboutTriggers(entity)
                || (IsSettled(entity) && entity.References.Any(reference => plan.Model.Find(reference.Target) is { } target && _late.Contains(target))))
            {
                _late.Add(entity);
            }

            var fields = FieldsOf(entity).Distinct().ToList();
            if (fields.Find(name => entity.FindField(name) is null) is { } unknown)
            {
                throw RuleErrors.RuleNamesUnknownField(entity, unknown);
            }

            if (IsSettled(entity) || fields.Count > 0)
            {
                _values.Add(entity.Label, new RecordValues(layouts[entity], fields, layouts.Of(entity)));
            }
        }
    }

    /// <summary>What is kept of records in the first pass.</summary>
    internal IReadOnlyDictionary<ModelLabel, RecordValues> Values => _values;

    internal ImportSession? Session { get; private set; }

    /// <summary>Whether triggers fire, with whose rows records may have to be merged.</summary>
    internal bool Merges { get; set; }

    /// <summary>Says how texts are read that may be JSON, once that is known.</summary>
    internal void TakeJsonTexts(JsonTextEvidence jsonTexts)
    {
        foreach (var values in _values.Values)
        {
            values.TextsAreJson = jsonTexts.AreJson;
        }
    }

    /// <summary>Has values read as the types of their records have them.</summary>
    internal void TakeTypes(KeyTables tables)
    {
        foreach (var (label, values) in _values)
        {
            values.Table = tables.Find(label);
        }
    }

    /// <summary>The import's settlement, or null when it has no rules and no filters and needs none.</summary>
    internal static Settlement? For(
        ImportPlan plan, ImportOptions options, LayoutSet layouts) =>
        options.Rules.Count > 0 || plan.Model.Entities.Any(entity => entity.Rules.Count > 0 || UniqueCheck.AnyOf(entity, options)) || options.Models.Values.Any(model => model.Filter is not null)
            ? new Settlement(plan, options, layouts)
            : null;

    /// <summary>Checks that policies can be applied to the sets that they are given for.</summary>
    /// <exception cref="RelocationModelException">One cannot.</exception>
    internal static void Check(RelocationModel model, ImportOptions options)
    {
        foreach (var entity in model.Entities.Where(entity => UniqueCheck.AnyOf(entity, options)))
        {
            UniqueCheck.Of(entity, options, LayoutSet.Of(model));
        }

        foreach (var entity in model.Entities)
        {
            _ = MemberValues.ChecksOf(LayoutSet.Of(model).Of(entity), entity.OnCollision ?? options.OnCollision).Count();
        }
    }

    /// <summary>Whether records may be left out, so that references to them have to be known.</summary>
    internal static bool MayFilter(ImportOptions options) =>
        options.Rules.Count > 0 || options.Models.Values.Any(model => model.Filter is not null);

    internal async Task BeginAsync(
        DatabaseEngine engine,
        ImportContext context,
        DropSettlement drops,
        ImportTransaction transaction,
        bool isResumed,
        CancellationToken cancellationToken)
    {
        _context = context;
        _drops = drops;
        _transaction = transaction;
        Session = new ImportSession(_plan.Model, engine, context, transaction);
        foreach (var (entity, checks) in Merges ? [] : _checks.ToList())
        {
            _checks[entity] = [.. checks.Where(check => !check.IsAboutTriggers)];
        }

        if (_options.Rules.Count == 0)
        {
            return;
        }

        transaction.CheckAllTables();
        foreach (var rule in _options.Rules)
        {
            await RuleCalls.RunAsync(
                rule,
                () => isResumed ? rule.ResumeAsync(Session, cancellationToken) : rule.BeforeFirstRowAsync(Session, cancellationToken))
                .ConfigureAwait(false);
        }

        await transaction.ReadMarksAgainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Settles all models that need not wait, in the order of the plan.</summary>
    internal async Task SettleAsync(IReadOnlyDictionary<ModelLabel, FieldFacts> facts, CancellationToken cancellationToken)
    {
        foreach (var entity in _plan.Models.Select(planned => planned.Entity))
        {
            _drops!.SettleAgain(entity);
            if (!_late.Contains(entity))
            {
                await SettleAsync(entity, cancellationToken).ConfigureAwait(false);
            }
            else if (IsAboutTriggers(entity) && _context!.Tables[entity].Taken > 0)
            {
                _before[entity] = await new ModelSettlement(_context.Tables[entity], _context, _values[entity.Label], _drops!)
                    .FindRowsAsync(_transaction!, _checks[entity], cancellationToken).ConfigureAwait(false);
            }
        }

        _drops!.SettleAgain(_plan, facts, _options);
    }

    /// <summary>Whether the model waits until its turn comes.</summary>
    internal bool IsLate(RelocationEntity entity) => _late.Contains(entity);

    /// <summary>Settles a model that has waited, the rows before it being in the database.</summary>
    internal async Task SettleLateAsync(RelocationEntity entity, CancellationToken cancellationToken)
    {
        _late.Remove(entity);
        var table = _context!.Tables[entity];
        if (table.CountsUp)
        {
            await CountedKeys.MoveAsync(table, _context.Layouts, _transaction!, _context.Problems, cancellationToken).ConfigureAwait(false);
        }

        _drops!.SettleAgain(entity);
        await SettleAsync(entity, cancellationToken).ConfigureAwait(false);
    }

    internal async Task EndChunkAsync(ImportedChunk chunk, CancellationToken cancellationToken)
    {
        foreach (var rule in _options.Rules)
        {
            await RuleCalls.RunAsync(rule, () => rule.AfterChunkAsync(Session!, chunk, cancellationToken)).ConfigureAwait(false);
        }
    }

    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var rule in _options.Rules)
        {
            await RuleCalls.RunAsync(rule, () => rule.AfterLastRowAsync(Session!, cancellationToken)).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var values in _values.Values)
        {
            values.Dispose();
        }
    }

    private bool IsAboutTriggers(RelocationEntity entity) => _checks.TryGetValue(entity, out var checks) && checks.Any(check => check.IsAboutTriggers);

    private bool IsSettled(RelocationEntity entity) => entity.Rules.Count > 0 || _checks.ContainsKey(entity);

    private IEnumerable<string> FieldsOf(RelocationEntity entity)
    {
        var filter = _options.Models.FirstOrDefault(model => _plan.Model.Find(model.Key) == entity).Value?.Filter;
        var checks = _checks.GetValueOrDefault(entity, []);
        return entity.Rules.SelectMany(rule => rule.Fields)
            .Concat(checks.SelectMany(check => check.AllFields).Select(field => field.Name))
            .Concat(checks.SelectMany(check => check.AllFields).SelectMany(field => entity.References
                .Where(reference => reference.Fields.Contains(field.Name))).SelectMany(reference => reference.Fields))
            .Concat(filter?.Fields ?? [])
            .Concat(_options.Rules.SelectMany(rule => rule.Fields.Where(fields => _plan.Model.Find(fields.Key) == entity))
                .SelectMany(fields => fields.Value));
    }

    private async Task SettleAsync(RelocationEntity entity, CancellationToken cancellationToken)
    {
        var table = _context!.Tables[entity];
        if (table.Taken > 0 && IsSettled(entity))
        {
            var settlement = new ModelSettlement(table, _context, _values[entity.Label], _drops!);
            await settlement.ApplyRulesAsync(Session!, cancellationToken).ConfigureAwait(false);
            if (_checks.TryGetValue(entity, out var checks) && checks.Count > 0)
            {
                await settlement.SettleCollisionsAsync(_transaction!, checks, _before.GetValueOrDefault(entity), cancellationToken).ConfigureAwait(false);
            }

            foreach (var alternate in table.Mapped > 0 ? table.Alternates : [])
            {
                await alternate.FollowRowsAsync(_transaction!, _context.Tables, _options.ChunkSize, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
