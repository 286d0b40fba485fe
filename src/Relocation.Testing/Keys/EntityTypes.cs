using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Keys;

/// <summary>The entities of a context and the labels that backups have for them.</summary>
internal sealed class EntityTypes
{
    private readonly IModel _model;
    private readonly LabelConvention _labels;

    internal EntityTypes(DbContext context, RelocationModelOptions? options)
    {
        _model = context.Model;
        _labels = new LabelConvention(context.GetType(), options ?? new RelocationModelOptions());
    }

    /// <summary>The entity of a class, or of the class that it derives from, as proxies do.</summary>
    internal (IEntityType Entity, RelocationEntity Model)? Find(Type type, RelocationModel model)
    {
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            if (_model.FindEntityType(at) is { } entity)
            {
                return FindModel(entity, model) is { } found ? (entity, found) : null;
            }
        }

        return null;
    }

    /// <summary>The labels of the concrete types that an entity may be, where it is not all of its hierarchy; else null.</summary>
    internal IReadOnlyList<ModelLabel>? TypesOf(IEntityType entity) => entity.BaseType is null
        ? null
        : [.. entity.GetDerivedTypesInclusive().Where(type => !type.IsAbstract()).Select(_labels.Of)];

    /// <summary>The entity of a label of its own.</summary>
    internal IEntityType? Find(ModelLabel label) => _model.GetEntityTypes().FirstOrDefault(type => !type.IsOwned() && _labels.Of(type) == label);

    internal IEntityType? Find(RelocationEntity entity, RelocationModel model) =>
        _model.GetEntityTypes().FirstOrDefault(type => !type.IsOwned() && FindModel(type, model) == entity);

    /// <summary>The model of an entity, or of the one that it derives from.</summary>
    private RelocationEntity? FindModel(IEntityType entity, RelocationModel model)
    {
        for (var at = entity; at is not null; at = at.BaseType)
        {
            if (model.Find(_labels.Of(at)) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
