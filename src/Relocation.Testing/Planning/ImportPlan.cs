using System.Runtime.CompilerServices;
using Relocation.Testing.Planning;

namespace Relocation.Testing;

/// <summary>In which order models are imported, and where cycles between them are cut.</summary>
public sealed class ImportPlan
{
    private static readonly ConditionalWeakTable<RelocationModel, ImportPlan> Plans = [];

    private readonly Dictionary<ModelLabel, PlannedModel> _byLabel;

    internal ImportPlan(RelocationModel model, IReadOnlyList<PlannedModel> models)
    {
        Model = model;
        Models = models;
        _byLabel = models.ToDictionary(planned => planned.Entity.Label);
        AlternateReferences = [.. models.SelectMany(planned => planned.Entity.AllReferences()).Where(reference => reference.TargetFields.Count > 0)];
    }

    /// <summary>The model that the plan is for.</summary>
    public RelocationModel Model { get; }

    /// <summary>All models, each after those that it depends on, but for the references that are cut.</summary>
    public IReadOnlyList<RelocationEntity> Order => [.. Models.Select(planned => planned.Entity)];

    /// <summary>The same models, each with its rank and its cuts.</summary>
    internal IReadOnlyList<PlannedModel> Models { get; }

    /// <summary>The references that lead to values other than primary keys.</summary>
    internal IReadOnlyList<RelocationReference> AlternateReferences { get; }

    /// <summary>The order for a model, which follows from the model alone and is worked out once.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="RelocationModelException">Models need each other in a circle that cannot be cut; it is named.</exception>
    public static ImportPlan For(RelocationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Plans.GetValue(model, Planner.Plan);
    }

    /// <summary>The plan of one model's import, or null when the model does not know the label.</summary>
    /// <param name="label">The model's label; aliases are not looked up.</param>
    internal PlannedModel? Find(ModelLabel label) => _byLabel.GetValueOrDefault(label);

    /// <summary>One line a model: its rank, its label and its cuts.</summary>
    public override string ToString() => string.Join('\n', Models.Select(planned =>
        planned.Cuts.Count == 0
            ? $"{planned.Rank} {planned.Entity.Label}"
            : $"{planned.Rank} {planned.Entity.Label} cut at {string.Join(", ", planned.Cuts.Select(cut => $"{cut.Reference} ({cut.Kind})"))}"));
}
