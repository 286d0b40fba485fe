namespace Relocation.Testing.Importing.Rules;

/// <summary>What the options of one import change of a model.</summary>
internal static class ModelChanges
{
    /// <summary>The same model with what the options change of single entities, or itself when they change none.</summary>
    /// <exception cref="ArgumentException">A label, unique set or reference is not the model's.</exception>
    /// <exception cref="RelocationModelException">What comes out does not fit together.</exception>
    internal static RelocationModel With(this RelocationModel model, IReadOnlyDictionary<ModelLabel, ModelOptions> options)
    {
        if (options.Count == 0)
        {
            return model;
        }

        var changed = model.Entities.ToDictionary(entity => entity);
        foreach (var (label, change) in options)
        {
            var entity = model.Find(label) ?? throw RuleErrors.UnknownLabel(label, model.Name);
            changed[entity] = With(changed[entity], change);
        }

        return RelocationModel.Create(model.Name, changed.Values, model.DroppedLabels, model.LeftOutParts);
    }

    private static RelocationEntity With(RelocationEntity entity, ModelOptions options)
    {
        var references = entity.References;
        var uniques = entity.Uniques;
        foreach (var (name, onUnresolved) in options.OnUnresolved)
        {
            var changed = references.FirstOrDefault(reference => reference.Name == name)
                ?? references.FirstOrDefault(reference => reference.Fields.Contains(name))
                ?? throw RuleErrors.NoReference(entity, name);
            references = [.. references.Select(reference => reference.Name == changed.Name ? reference.With(onUnresolved) : reference)];
        }

        foreach (var (name, onCollision) in options.OnCollisionOf)
        {
            var changed = uniques.FirstOrDefault(unique => unique.Name == name)
                ?? uniques.FirstOrDefault(unique => unique.FieldNames == name)
                ?? throw RuleErrors.NoUniqueSet(entity, name);
            uniques = [.. uniques.Select(unique => unique == changed ? unique.With(onCollision) : unique)];
        }

        return entity with
        {
            Key = options.Keys is { } policy ? entity.Key with { Policy = policy } : entity.Key,
            OnCollision = options.OnCollision ?? entity.OnCollision,
            Triggers = options.Triggers ?? entity.Triggers,
            Rules = [.. entity.Rules, .. options.Rules],
            References = references,
            Uniques = uniques,
        };
    }
}
