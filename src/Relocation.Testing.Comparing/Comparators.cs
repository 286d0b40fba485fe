using Relocation.Testing.Comparing.Comparators;

namespace Relocation.Testing;

/// <summary>Comparators that follow from a model.</summary>
public static class Comparators
{
    /// <summary>
    /// The comparators that any model gets: references by position, dates as instants, names that an import may suffix,
    /// addresses and secrets that findings shorten, and lists, JSON and numbers however they are written. Records are ordered as the model says.
    /// </summary>
    /// <remarks>Unlike upstream's (docs/sentry-import.md, section 8.4), dates are compared as instants in every model.</remarks>
    /// <param name="model">The models.</param>
    /// <param name="declared">Comparators that come first and whose fields get no others; or null for none.</param>
    public static ComparatorMap Default(RelocationModel model, ComparatorMap? declared = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ForeignKeys(model, Ordinals(model, declared ?? ComparatorMap.Empty))
            .WithRule(model, DefaultComparators.AutoSuffix)
            .WithRule(model, DefaultComparators.Date)
            .WithRule(model, DefaultComparators.Email)
            .WithRule(model, DefaultComparators.Secret)
            .WithRule(model, DefaultComparators.Encoded);
    }

    /// <summary>
    /// Adds a comparator of each model's references, and of the rows that it owns with theirs; fields that are looked at already are left out.
    /// </summary>
    /// <param name="model">The models.</param>
    /// <param name="map">The map to add to.</param>
    public static ComparatorMap ForeignKeys(RelocationModel model, ComparatorMap map)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        foreach (var entity in model.Entities)
        {
            var claimed = map.ClaimedOf(entity.Label);
            var references = DefaultComparators.References(model, entity, claimed).Where(reference => !claimed.Contains(reference.Key)).ToList();
            var byType = references.Where(reference => DefaultComparators.DiffersByType(entity, reference.Key)).ToList();
            var targets = references.Except(byType).DistinctBy(reference => reference.Key).ToList();
            map = map.Plus(entity.Label, DefaultComparators.OwnedRows(entity, claimed).Select(child => new OwnedRowsComparator(model, child)));
            map = targets.Count == 0 ? map : map.Plus(entity.Label, new ForeignKeyComparator(targets));
            map = map.Plus(
                entity.Label,
                DefaultComparators.CompositeReferences(model, entity).Where(comparator => !comparator.Fields.Any(claimed.Contains)));
            map = byType.Count == 0 ? map : map.Plus(entity.Label, new TypedReferenceComparator(byType));
        }

        return map;
    }

    /// <summary>Adds comparators of fields whose values can be written in several ways; fields that are looked at already are left out.</summary>
    /// <param name="model">The models.</param>
    /// <param name="map">The map to add to.</param>
    public static ComparatorMap EncodedValues(RelocationModel model, ComparatorMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.WithRule(model, DefaultComparators.Encoded);
    }

    /// <summary>
    /// Adds the order of each model's records where the map has none: <see cref="RelocationEntity.OrdinalFields"/>; or the fields of a unique
    /// set, where keys are replaced by ones without an order.
    /// </summary>
    /// <param name="model">The models.</param>
    /// <param name="map">The map to add to.</param>
    public static ComparatorMap Ordinals(RelocationModel model, ComparatorMap map)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        foreach (var entity in model.Entities.Where(entity => map.OrdinalOf(entity.Label) is null))
        {
            var fields = entity.OrdinalFields.Count > 0 ? entity.OrdinalFields : DefaultComparators.OrdinalOf(entity);
            map = fields.Count == 0 ? map : map.WithOrdinal(entity.Label, new OrdinalRule(fields));
        }

        return map;
    }
}
