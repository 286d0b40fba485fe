namespace Relocation.Testing.Generating;

/// <summary>The order in which a backup lists its models: each after those that it refers to, where that is possible.</summary>
internal static class WriteOrder
{
    internal static List<RelocationEntity> Of(RelocationModel model)
    {
        var order = new List<RelocationEntity>();
        var left = model.Entities.ToList();
        while (left.Count > 0)
        {
            // In a cycle, the model goes first whose references into it may all be null, else the first by label.
            var next = left.Find(entity => !Awaits(model, entity, left, onlyRequired: false))
                ?? left.Find(entity => !Awaits(model, entity, left, onlyRequired: true))
                ?? left[0];
            order.Add(next);
            left.Remove(next);
        }

        return order;
    }

    private static bool Awaits(RelocationModel model, RelocationEntity entity, List<RelocationEntity> left, bool onlyRequired)
    {
        var targets = entity.References
            .Where(reference => !onlyRequired || !SourceChoice.IsNullable(entity, reference))
            .Select(reference => reference.Target)
            .Concat(entity.Dependencies);
        return targets.Any(label => model.Find(label) is { } target && target != entity && left.Contains(target));
    }
}
