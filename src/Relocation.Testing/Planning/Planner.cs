namespace Relocation.Testing.Planning;

/// <summary>Puts models into an order in which each comes after those that it refers to, and cuts cycles where it must.</summary>
/// <remarks>Among models that are ready the smallest label goes first, so the order depends on the model alone.</remarks>
internal sealed class Planner
{
    private readonly RelocationModel _model;
    private readonly DependencyGraph _graph;
    private readonly HashSet<RelocationEntity> _done = [];
    private readonly List<PlannedModel> _order = [];

    private Planner(RelocationModel model)
    {
        _model = model;
        _graph = new DependencyGraph(model);
    }

    /// <exception cref="RelocationModelException">Models need each other, and no reference among them can be cut.</exception>
    internal static ImportPlan Plan(RelocationModel model) => new Planner(model).Run();

    private ImportPlan Run()
    {
        var waiting = new List<RelocationEntity>(_model.Entities);
        while (waiting.Count > 0)
        {
            var next = waiting.Find(entity => Unmet(entity).Count == 0) ?? ChooseCut(waiting);
            _order.Add(new PlannedModel(_order.Count, next, CutsOf(next)));
            _done.Add(next);
            waiting.Remove(next);
        }

        return new ImportPlan(_model, _order);
    }

    private List<Dependency> Unmet(RelocationEntity entity) =>
        [.. _graph.Of(entity).Where(edge => edge.Target != entity && !_done.Contains(edge.Target))];

    /// <summary>The model of an innermost cycle that can be written first, with the fewest references to fill in later.</summary>
    private RelocationEntity ChooseCut(List<RelocationEntity> waiting)
    {
        // A model behind a cycle waits for that cycle: only one whose every need leads back to it is part of an innermost one.
        var innermost = waiting.FindAll(entity => Unmet(entity).TrueForAll(edge => PathBetween(edge.Target, entity) is not null));
        return innermost
            .Where(entity => Unmet(entity).TrueForAll(edge => edge.Cut is not null))
            .OrderBy(entity => Unmet(entity).Count)
            .ThenBy(entity => entity.Label)
            .FirstOrDefault()
            ?? throw PlanErrors.CycleCannotBeCut(_model.Name, UncuttableCycle(waiting));
    }

    private List<PlannedCut> CutsOf(RelocationEntity entity) =>
    [
        .. _graph.Of(entity)
            .Where(edge => edge.Reference is not null && edge.Cut is not null && !_done.Contains(edge.Target))
            .Select(edge => new PlannedCut(edge.Reference!, edge.Cut!.Value)),
    ];

    /// <summary>A circle of references none of which can be cut. There is one: without, some model could have been chosen.</summary>
    private List<string> UncuttableCycle(List<RelocationEntity> waiting)
    {
        foreach (var entity in waiting)
        {
            foreach (var edge in Unmet(entity).Where(edge => edge.Cut is null))
            {
                if (PathBetween(edge.Target, entity, edge => edge.Cut is null) is { } path)
                {
                    return [.. path.Prepend((entity, edge)).Select(step => Describe(step.Item1, step.Item2))];
                }
            }
        }

        throw new InvalidOperationException("Models wait for each other although every circle of theirs can be cut.");
    }

    private static string Describe(RelocationEntity entity, Dependency edge) =>
        $"{entity.Label}.{edge.Reference?.Name ?? "(declared dependency)"} -> {edge.Target.Label}";

    /// <summary>The steps from one waiting model to another over needs that are not met yet, or null when there is no way.</summary>
    private List<(RelocationEntity From, Dependency Edge)>? PathBetween(
        RelocationEntity from, RelocationEntity to, Func<Dependency, bool>? takes = null)
    {
        var cameFrom = new Dictionary<RelocationEntity, (RelocationEntity From, Dependency Edge)?> { [from] = null };
        var queue = new Queue<RelocationEntity>([from]);
        while (queue.TryDequeue(out var current) && current != to)
        {
            foreach (var edge in Unmet(current).Where(edge => takes is null || takes(edge)))
            {
                if (cameFrom.TryAdd(edge.Target, (current, edge)))
                {
                    queue.Enqueue(edge.Target);
                }
            }
        }

        if (!cameFrom.TryGetValue(to, out var step))
        {
            return null;
        }

        var path = new List<(RelocationEntity From, Dependency Edge)>();
        for (; step is not null; step = cameFrom[step.Value.From])
        {
            path.Insert(0, step.Value);
        }

        return path;
    }
}
