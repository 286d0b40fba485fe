namespace Relocation.Testing.Comparing.Pairing;

/// <summary>The order in which models are paired: after those that their records refer to, as far as there are no rings.</summary>
internal static class PairingOrder
{
    internal static List<ModelLabel> Of(SideGraph left, SideGraph right, ComparedModels models)
    {
        var targets = models.Labels.ToDictionary(label => label, _ => new HashSet<ModelLabel>());
        AddTargets(left, models, targets);
        AddTargets(right, models, targets);
        var ordered = new List<ModelLabel>();
        var open = models.Labels.Order().ToList();
        while (open.Count > 0)
        {
            // Of a ring, the model comes first that refers to the fewest that are still open.
            var next = open.MinBy(label => targets[label].Count)!;
            open.Remove(next);
            ordered.Add(next);
            foreach (var rest in open)
            {
                targets[rest].Remove(next);
            }
        }

        return ordered;
    }

    private static void AddTargets(SideGraph side, ComparedModels models, Dictionary<ModelLabel, HashSet<ModelLabel>> targets)
    {
        var labels = models.Labels.Where(label => side.BaseOf(label) >= 0).OrderBy(side.BaseOf).ToList();
        var bases = labels.ConvertAll(side.BaseOf);
        foreach (var (label, at) in labels.Select((label, at) => (label, at)))
        {
            var end = at + 1 < bases.Count ? bases[at + 1] : side.Count;
            for (var node = bases[at]; node < end; node++)
            {
                foreach (var edge in side.From(node))
                {
                    var found = bases.BinarySearch(edge.Node);
                    var target = labels[found >= 0 ? found : ~found - 1];
                    if (target != label)
                    {
                        targets[label].Add(target);
                    }
                }
            }
        }
    }
}
