using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Backups;
using Relocation.Testing.Modeling;
using Relocation.Testing.Texts;

namespace Relocation.Testing;

/// <summary>An immutable description of all models that backups may hold: the one thing that every step of the engine reads.</summary>
/// <remarks>
/// Made from an EF Core model (<see cref="FromContext"/>), from a catalogue such as Sentry's, or by hand from
/// <see cref="RelocationEntity"/> objects.
/// </remarks>
public sealed class RelocationModel : IKnownLabels
{
    private readonly Dictionary<ModelLabel, RelocationEntity> _byLabel = [];

    private RelocationModel(string name, IReadOnlyList<RelocationEntity> entities, IReadOnlyList<ModelLabel> droppedLabels)
    {
        Name = name;
        Entities = entities;
        DroppedLabels = droppedLabels;
    }

    /// <summary>The model's name, as messages show it, for example <c>ShopContext</c> or <c>sentry@24.7.0</c>.</summary>
    public string Name { get; }

    /// <summary>All models, ordered by label.</summary>
    public IReadOnlyList<RelocationEntity> Entities { get; }

    /// <summary>
    /// Labels of older backups that the model has no more, ordered. Their records are left out, and reported as dropped.
    /// </summary>
    public IReadOnlyList<ModelLabel> DroppedLabels { get; }

    /// <summary>
    /// What the context has and backups do not hold: labels of models, and <c>MODEL.FIELD</c>, each with the reason. Views, keyless entities, columns
    /// without a form in backups, and what was declared to be left out. A backup's record of such a model is refused, unless it was declared.
    /// </summary>
    public IReadOnlyDictionary<string, string> LeftOut => LeftOutParts.ToDictionary(part => part.Name, part => part.Reason, StringComparer.Ordinal);

    internal IReadOnlyList<LeftOutPart> LeftOutParts { get; private init; } = [];

    /// <summary>Makes a model and checks that its parts fit together.</summary>
    /// <param name="name">The model's name, as messages show it.</param>
    /// <param name="entities">The models.</param>
    /// <exception cref="RelocationModelException">
    /// Two models share a label or a column, a key has no field, or a reference, unique set or rule names a field that
    /// its model does not have. All problems are listed.
    /// </exception>
    public static RelocationModel Create(string name, IEnumerable<RelocationEntity> entities) => Create(name, entities, []);

    internal static RelocationModel Create(
        string name, IEnumerable<RelocationEntity> entities, IEnumerable<ModelLabel> droppedLabels, IReadOnlyList<LeftOutPart>? leftOut = null)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var model = new RelocationModel(name, [.. entities.Select(HierarchyRules.PassOn).OrderBy(entity => entity.Label)], [.. droppedLabels.Distinct().Order()])
        {
            LeftOutParts = leftOut ?? [],
        };
        var problems = ModelValidation.Check(model);
        foreach (var entity in model.Entities)
        {
            foreach (var label in entity.Aliases.Prepend(entity.Label))
            {
                if (!model._byLabel.TryAdd(label, entity))
                {
                    problems.Add($"Label '{label}' is claimed by two models, {ModelErrors.Described(model._byLabel[label])} and "
                        + $"{ModelErrors.Described(entity)}. Give one of them another label.");
                }
            }
        }

        problems.AddRange(model.DroppedLabels.Where(model._byLabel.ContainsKey).Select(
            label => $"Label '{label}' is declared as dropped, and the model has it. Take one of the two back."));
        return problems.Count == 0 ? model : throw ModelErrors.ModelDoesNotFit(name, problems);
    }

    /// <summary>Reads the model of an EF Core context: its tables, keys, columns and foreign keys as the context's provider maps them.</summary>
    /// <remarks>
    /// Labels are <c>app.entity</c>, from the context's name without <c>Context</c> and the entity's name, unless the options, an
    /// attribute or <c>HasBackupLabel</c> say otherwise; fields are property names in snake case, and a property's, column's or
    /// navigation's own name is read too.
    /// </remarks>
    /// <param name="context">A context; nothing is read from its database.</param>
    /// <param name="options">How entities are called in backups, and what older backups call them; or null for the defaults.</param>
    /// <exception cref="RelocationModelException">The model uses mappings that are neither supported nor can be left out, or rules do not fit it. All are listed.</exception>
    public static RelocationModel FromContext(DbContext context, RelocationModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        options ??= new RelocationModelOptions();
        var model = EntityModelReader.Read(context, new LabelConvention(context.GetType(), options), options.LeaveOut);
        return model.WithRules(options.BackupRules);
    }

    /// <summary>A model that also takes backups of other versions, by declared rules.</summary>
    /// <param name="rules">What differs between those backups and this model.</param>
    /// <exception cref="RelocationModelException">A rule names what the model does not have, or rules contradict. All problems are listed.</exception>
    public RelocationModel WithRules(params IEnumerable<BackupRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var list = rules.ToList();
        return list.Count == 0 ? this : RuleApplication.Apply(this, list);
    }

    /// <summary>The model of that label or alias, or null when there is none.</summary>
    /// <param name="label">A label.</param>
    public RelocationEntity? Find(ModelLabel label) => _byLabel.GetValueOrDefault(label);

    /// <inheritdoc />
    KnownLabel? IKnownLabels.Find(ModelLabel label) => Find(label) is { } entity
        ? new KnownLabel(entity.Label, [.. entity.Key.Fields.Select(field => field.KeyKind)], entity.Types.Count > 0)
        : null;

    /// <summary>The model's name and the number of its entities.</summary>
    public override string ToString() => $"{Name} ({Entities.Count} models)";

    /// <summary>The labels that an unknown one may have been meant to be, at most three.</summary>
    internal IReadOnlyList<ModelLabel> NearestLabels(ModelLabel label) => NearMiss.Of(Entities.Select(
        entity => (entity.Label, NearMiss.Distance(label.Model, entity.Label.Model, entity.Label.App == label.App ? 0 : 1))));
}
