namespace Relocation.Testing.Planning;

/// <summary>What the models of a <see cref="RelocationModel"/> depend on, listed and drawn: made to be approved, so that changes are seen.</summary>
internal sealed class ModelDependencies
{
    private readonly HashSet<ModelLabel> _dangling;

    private ModelDependencies(RelocationModel model)
    {
        Model = model;
        _dangling = Dangling.Of(model);
    }

    /// <summary>The model.</summary>
    public RelocationModel Model { get; }

    /// <summary>The models in the order in which they are imported.</summary>
    /// <exception cref="RelocationModelException">Models need each other in a circle that cannot be cut; it is named.</exception>
    public IReadOnlyList<ModelLabel> Sorted => [.. ImportPlan.For(Model).Models.Select(planned => planned.Entity.Label)];

    /// <summary>
    /// The tables in that order, with their schema where it is not the database's default one; those of the rows that a record's members
    /// become come as soon as all that they refer to is there. Each table is named once.
    /// </summary>
    /// <exception cref="RelocationModelException">Models need each other in a circle that cannot be cut; it is named.</exception>
    public IReadOnlyList<string> Tables => TableNames.InOrder(ImportPlan.For(Model));

    /// <summary>Works out the dependencies of a model.</summary>
    /// <param name="model">The model.</param>
    public static ModelDependencies Of(RelocationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelDependencies(model);
    }

    /// <summary>
    /// Whether no chain of references without null leads from a model to one that stands by itself
    /// (<see cref="RelocationEntity.IsRoot"/>). Where no model is declared to, each whose references all take null does.
    /// </summary>
    /// <param name="label">A model's label.</param>
    public bool IsDangling(ModelLabel label) => _dangling.Contains(label);

    /// <summary>A listing for programs (docs/sentry-import.md, section 2.8): the same model gives the same text, to the letter.</summary>
    /// <param name="listing">What to list.</param>
    /// <exception cref="RelocationModelException">An order is asked for, and models need each other in a circle that cannot be cut.</exception>
    public string ToJson(DependencyListing listing) => DependencyJson.Of(this, listing);

    /// <summary>A listing for people.</summary>
    /// <param name="listing">What to list.</param>
    /// <exception cref="RelocationModelException">An order is asked for, and models need each other in a circle that cannot be cut.</exception>
    public string ToText(DependencyListing listing) => DependencyText.Of(this, listing);

    /// <summary>
    /// The graph as a Mermaid flowchart: models by scope, arrows to what they refer to (dotted where null is allowed), and in red the
    /// references at which the import cuts a cycle, with how.
    /// </summary>
    /// <exception cref="RelocationModelException">Models need each other in a circle that cannot be cut; it is named.</exception>
    public string ToMermaid() => DependencyDrawing.Of(Model);
}
