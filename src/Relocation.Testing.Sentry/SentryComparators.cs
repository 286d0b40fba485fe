using Relocation.Testing.Sentry.Comparing;

namespace Relocation.Testing;

/// <summary>What Sentry's own comparison looks at (docs/sentry-import.md, sections 8.3 and 8.4).</summary>
public static class SentryComparators
{
    /// <summary>
    /// Upstream's own map (docs/sentry-import.md, section 8): models without an entry of their own get no comparator of dates, so that
    /// these are compared as they are written, and a suffix is a dash and anything. Records are paired by their position, as Sentry pairs
    /// them.
    /// </summary>
    /// <param name="model">A model set of <see cref="SentryModel"/>.</param>
    public static ComparatorMap Upstream(RelocationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var map = DeclaredComparators.Add(model, ComparatorMap.Empty, (_, field) => new AutoSuffixComparator(field));
        var declared = map.Models.ToHashSet();
        map = AutoAssigned.Dates(model, map, entity => entity.Label.App == AutoAssigned.App && declared.Contains(entity.Label));
        return Finish(model, AutoAssigned.Emails(model, map)).ByPosition();
    }

    /// <summary>
    /// What two backups of any kind differ by: two that are the same have no findings. Dates are compared as instants in every model, slugs that
    /// were cut or replaced are taken for what they were made of, lists and JSON are compared by what they hold, as text or not, and numbers
    /// that are keys though no reference says so by position. Values that an import makes anew may differ, and may be the same.
    /// </summary>
    /// <param name="model">A model set of <see cref="SentryModel"/>.</param>
    public static ComparatorMap Default(RelocationModel model) => UnlessEqualComparator.In(AfterImport(model));

    /// <summary>
    /// The same for a backup before and a backup after an import, the older one on the left: values that Sentry makes anew when it imports
    /// (guids of monitors, subscriptions, passwords of unclaimed users) have to differ, and keys of projects to have their form.
    /// </summary>
    /// <param name="model">A model set of <see cref="SentryModel"/>.</param>
    public static ComparatorMap AfterImport(RelocationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var map = DeclaredComparators.Add(model, ComparatorMap.Empty, Slugs);
        map = AutoAssigned.PlainNumbers(model, Finish(model, AutoAssigned.Emails(model, AutoAssigned.Dates(model, map, _ => true))));
        return Comparators.EncodedValues(model, map);

        AutoSuffixComparator Slugs(ModelLabel label, string field) =>
            AutoSuffixComparator.ForSlugs(model.Find(label)?.Fields.FirstOrDefault(candidate => candidate.Name == field)?.MaxLength, field);
    }

    private static ComparatorMap Finish(RelocationModel model, ComparatorMap map)
    {
        var ordered = Comparators.Ordinals(model, AutoAssigned.ForeignKeys(model, map));
        return model.Find(DeclaredComparators.UserOption) is null
            ? ordered
            : ordered.WithOrdinal(DeclaredComparators.UserOption, DeclaredComparators.UserOptionOrder);
    }
}
