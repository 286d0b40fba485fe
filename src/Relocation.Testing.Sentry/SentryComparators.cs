using Relocation.Testing.Sentry.Comparing;

namespace Relocation.Testing;

/// <summary>The comparators of Sentry's own comparison (docs/sentry-import.md, sections 8.3 and 8.4).</summary>
public static class SentryComparators
{
    /// <summary>
    /// Upstream's own map (docs/sentry-import.md, section 8): models without an entry of their own get no comparator of dates, so their
    /// dates are compared as text, and a suffix is a dash and anything. Records are paired by position, as in Sentry.
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
    /// Comparators for any two backups: equal ones have no findings. Dates are compared as instants in every model, slugs that were cut or
    /// replaced count as equal to their origin, lists and JSON are compared by what they hold, as text or not, and numbers that are keys
    /// without a reference, and keys within JSON, are compared by what they lead to. Values that an import replaces may be different or equal.
    /// </summary>
    /// <param name="model">A model set of <see cref="SentryModel"/>.</param>
    public static ComparatorMap Default(RelocationModel model) => UnlessEqualComparator.In(AfterImport(model));

    /// <summary>
    /// The same for the backups before and after an import, the older one on the left: values that Sentry replaces on import (Guids of
    /// monitors, subscriptions, passwords of unclaimed users) must differ, and keys of projects must have their form.
    /// </summary>
    /// <param name="model">A model set of <see cref="SentryModel"/>.</param>
    public static ComparatorMap AfterImport(RelocationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var map = DeclaredComparators.Add(model, ComparatorMap.Empty, Slugs);
        map = AutoAssigned.PlainNumbers(model, Finish(model, AutoAssigned.Emails(model, AutoAssigned.Dates(model, map, _ => true))));
        return AutoAssigned.KeysWithin(model, Comparators.EncodedValues(model, AutoAssigned.InvitedTeams(model, map)));

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
