namespace Relocation.Testing.Planning;

/// <summary>Finds models whose records nothing holds on to (docs/sentry-import.md, section 2.4).</summary>
internal static class Dangling
{
    internal static HashSet<ModelLabel> Of(RelocationModel model)
    {
        var hasRoots = model.Entities.Any(entity => entity.IsRoot);
        var known = new Dictionary<ModelLabel, bool>();
        foreach (var entity in model.Entities)
        {
            IsDangling(entity, []);
        }

        return [.. known.Where(pair => pair.Value).Select(pair => pair.Key)];

        bool IsDangling(RelocationEntity entity, HashSet<ModelLabel> path)
        {
            if (known.TryGetValue(entity.Label, out var answer))
            {
                return answer;
            }

            if (!path.Add(entity.Label))
            {
                // A circle by itself holds on to nothing; upstream calls it an error.
                return true;
            }

            var needed = entity.References.Where(reference => !IsNullable(entity, reference)).ToList();
            var held = entity.IsRoot || (!hasRoots && needed.Count == 0)
                || needed.Exists(reference => model.Find(reference.Target) is not { } target || !IsDangling(target, path));
            path.Remove(entity.Label);
            if (held || path.Count == 0)
            {
                // Within a circle the answer "dangling" may depend on where the search began.
                known[entity.Label] = !held;
            }

            return !held;
        }
    }

    /// <summary>Whether a reference of a model's records, or of the rows that their members become, takes null.</summary>
    internal static bool IsNullable(RelocationEntity entity, RelocationReference reference) =>
        Rows(entity).First(rows => rows.References.Contains(reference)) is var owner
        && reference.Fields.Any(name => owner.FindField(name)?.IsNullable == true);

    private static IEnumerable<RelocationEntity> Rows(RelocationEntity entity) => entity.Children.Select(child => child.Rows)
        .Concat(entity.Types.SelectMany(type => type.Rows.Children.Select(child => child.Rows)))
        .SelectMany(Rows)
        .Prepend(entity);
}
