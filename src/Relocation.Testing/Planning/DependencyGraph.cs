namespace Relocation.Testing.Planning;

/// <summary>Which model needs which others first, and by which references.</summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<ModelLabel, List<Dependency>> _edges = [];

    internal DependencyGraph(RelocationModel model)
    {
        foreach (var entity in model.Entities)
        {
            var edges = new List<Dependency>();
            foreach (var reference in entity.References)
            {
                if (model.Find(reference.Target) is { } target)
                {
                    edges.Add(new Dependency(target, reference, CutOf(entity, target, reference)));
                }
            }

            foreach (var reference in entity.OwnedReferences())
            {
                if (model.Find(reference.Target) is { } target)
                {
                    edges.Add(new Dependency(target, reference, CutKind.WrittenLater));
                }
            }

            foreach (var label in entity.Dependencies)
            {
                if (model.Find(label) is { } target && target != entity)
                {
                    edges.Add(new Dependency(target, null, null));
                }
            }

            _edges.Add(entity.Label, edges);
        }
    }

    internal IReadOnlyList<Dependency> Of(RelocationEntity entity) => _edges[entity.Label];

    /// <summary>How a cycle can be cut at this reference, or null when it cannot.</summary>
    private static CutKind? CutOf(RelocationEntity entity, RelocationEntity target, RelocationReference reference)
    {
        if (!reference.HasConstraint)
        {
            return CutKind.Unenforced;
        }

        var nullable = reference.Fields.Any(name => entity.Fields.Any(field => field.Name == name && field.IsNullable));
        if (nullable)
        {
            return CutKind.FilledInLater;
        }

        if (reference.IsDeferrable)
        {
            return CutKind.Deferred;
        }

        return target == entity ? CutKind.WithinModel : null;
    }
}
