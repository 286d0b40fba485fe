using System.Collections.Concurrent;

namespace Relocation.Testing.Keys;

/// <summary>Finds models by label and by class, each with what converts its keys.</summary>
/// <param name="model">The model.</param>
/// <param name="types">The classes; null where there is no context.</param>
internal sealed class EntityLookup(RelocationModel model, Lazy<EntityTypes>? types)
{
    private readonly ConcurrentDictionary<Type, KeyConversion> _byType = new();
    private readonly ConcurrentDictionary<ModelLabel, KeyConversion> _byLabel = new();

    /// <exception cref="ArgumentException">The class is no entity, or there is no context.</exception>
    internal KeyConversion Of(Type type) => _byType.GetOrAdd(type, FindByType);

    /// <exception cref="ArgumentException">The model has no such label.</exception>
    internal KeyConversion Of(string label) =>
        ModelLabel.TryParse(label, out var parsed) && model.Find(parsed) is { } entity
            ? _byLabel.GetOrAdd(parsed, asked => FindByLabel(asked, entity))
            : throw KeyErrors.LabelNotInModel(label, model);

    private KeyConversion FindByLabel(ModelLabel label, RelocationEntity entity)
    {
        var type = types?.Value.Find(label) ?? types?.Value.Find(entity, model);
        IReadOnlyList<ModelLabel>? wanted = type is not null ? types!.Value.TypesOf(type)
            : label != entity.Label && entity.Types.Any(known => known.Label == label) ? [label] : null;
        return new KeyConversion(entity, type, wanted);
    }

    private KeyConversion FindByType(Type type)
    {
        if (types is null)
        {
            throw KeyErrors.NoContextForTypes(type);
        }

        return types.Value.Find(type, model) is { } found
            ? new KeyConversion(found.Model, found.Entity, types.Value.TypesOf(found.Entity))
            : throw KeyErrors.TypeNotInModel(type, model);
    }
}
