namespace Relocation.Testing.Generating;

/// <summary>
/// The models in an order in which targets come first, and those that have none: they require each other in a circle, or require
/// one that does.
/// </summary>
internal sealed record GenerationOrder(IReadOnlyList<RelocationEntity> Models, IReadOnlySet<ModelLabel> InCircles)
{
    /// <summary>The order of imports, or, where these refuse the model for its circles, what is left of it.</summary>
    internal static GenerationOrder Of(RelocationModel model)
    {
        try
        {
            return new GenerationOrder(ImportPlan.For(model).Order, new HashSet<ModelLabel>());
        }
        catch (RelocationModelException)
        {
            var (open, order) = (model.Entities.ToList(), new List<RelocationEntity>());
            while (open.Find(entity => !Needs(model, entity).Any(open.Contains)) is { } next)
            {
                order.Add(next);
                open.Remove(next);
            }

            return new GenerationOrder([.. order, .. open], open.Select(entity => entity.Label).ToHashSet());
        }
    }

    /// <summary>What must be there before an entity's rows: the targets of references that neither take null nor wait.</summary>
    private static IEnumerable<RelocationEntity> Needs(RelocationModel model, RelocationEntity entity) => entity.References
        .Where(reference => reference is { HasConstraint: true, IsDeferrable: false } && !SourceChoice.IsNullable(entity, reference))
        .Select(reference => model.Find(reference.Target))
        .Concat(entity.Dependencies.Select(model.Find))
        .OfType<RelocationEntity>()
        .Where(target => target != entity);
}
