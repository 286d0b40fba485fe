using Relocation.Testing.Comparing;

namespace Relocation.Testing;

/// <summary>Comparators that follow from a model.</summary>
public static class Comparators
{
    /// <summary>
    /// The comparators that any model gets: references by position, dates as instants, names that an import may suffix, and
    /// addresses and secrets that findings shorten. Records are ordered as the model says.
    /// </summary>
    /// <remarks>Unlike the specification's section 8.4, dates are compared as instants in every model (its defect 16).</remarks>
    /// <param name="model">The models.</param>
    /// <param name="declared">Comparators that come first and whose fields get no others; or null for none.</param>
    public static ComparatorMap Default(RelocationModel model, ComparatorMap? declared = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ForeignKeys(model, Ordinals(model, declared ?? ComparatorMap.Empty))
            .WithRule(model, DefaultComparators.AutoSuffix)
            .WithRule(model, DefaultComparators.Date)
            .WithRule(model, DefaultComparators.Email)
            .WithRule(model, DefaultComparators.Secret);
    }

    /// <summary>Adds a comparator of each model's references; fields that are looked at already are left out.</summary>
    /// <param name="model">The models.</param>
    /// <param name="map">The map to add to.</param>
    public static ComparatorMap ForeignKeys(RelocationModel model, ComparatorMap map)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        foreach (var entity in model.Entities)
        {
            var claimed = map.ClaimedOf(entity.Label);
            var targets = DefaultComparators.References(model, entity).Where(reference => !claimed.Contains(reference.Key))
                .DistinctBy(reference => reference.Key).ToList();
            map = targets.Count == 0 ? map : map.Plus(entity.Label, new ForeignKeyComparator(targets));
        }

        return map;
    }

    /// <summary>Adds the order of each model's records, from <see cref="RelocationEntity.OrdinalFields"/>, where the map has none.</summary>
    /// <param name="model">The models.</param>
    /// <param name="map">The map to add to.</param>
    public static ComparatorMap Ordinals(RelocationModel model, ComparatorMap map)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        return model.Entities
            .Where(entity => entity.OrdinalFields.Count > 0 && map.OrdinalOf(entity.Label) is null)
            .Aggregate(map, (rest, entity) => rest.WithOrdinal(entity.Label, new OrdinalRule(entity.OrdinalFields)));
    }
}
