namespace Relocation.Testing;

/// <summary>In which order models are imported, and where cycles between them are cut.</summary>
public sealed class ImportPlan
{
    internal ImportPlan(RelocationModel model, IReadOnlyList<PlannedModel> models)
    {
        Model = model;
        Models = models;
    }

    /// <summary>The model that the plan is for.</summary>
    public RelocationModel Model { get; }

    /// <summary>All models, each after those that it depends on, but for the references that are cut.</summary>
    public IReadOnlyList<PlannedModel> Models { get; }
}
