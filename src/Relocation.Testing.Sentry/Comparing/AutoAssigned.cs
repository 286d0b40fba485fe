using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Comparing;

/// <summary>The comparators that follow from the fields of Sentry's models (docs/sentry-import.md, section 8.4).</summary>
internal static class AutoAssigned
{
    internal const string App = "sentry";

    /// <summary>Dates as instants, except those that may advance or are ignored.</summary>
    internal static ComparatorMap Dates(RelocationModel model, ComparatorMap map, Func<RelocationEntity, bool> isMeant)
    {
        foreach (var entity in model.Entities.Where(isMeant))
        {
            var claimed = map.Of(entity.Label).Where(comparator => comparator is DateUpdatedComparator or IgnoredComparator)
                .SelectMany(comparator => comparator.Fields);
            var dates = entity.Fields.Where(field => field.Type == FieldType.Instant).Select(field => field.Name).Except(claimed).ToList();
            map = dates.Count == 0 ? map : map.Plus(entity.Label, new DateTimeEqualityComparator(dates));
        }

        return map;
    }

    /// <summary>Addresses, together with the declared ones. A catalogue has no field kinds, so the field's name decides.</summary>
    internal static ComparatorMap Emails(RelocationModel model, ComparatorMap map)
    {
        foreach (var entity in model.Entities.Where(entity => entity.Label.App == App))
        {
            var declared = map.Of(entity.Label).OfType<EmailObfuscatingComparator>().SelectMany(comparator => comparator.Fields).ToList();
            var emails = entity.Fields.Where(IsEmail).Select(field => field.Name).Except(declared).ToList();
            if (emails.Count > 0)
            {
                map = map.With(entity.Label, new EmailObfuscatingComparator(emails.Concat(declared)));
            }
        }

        return map;
    }

    /// <summary>All references, by position. A reference to a model of which backups hold no records is ignored.</summary>
    internal static ComparatorMap ForeignKeys(RelocationModel model, ComparatorMap map) => model.Entities
        .Where(entity => entity.References.Count > 0)
        .Aggregate(map, (rest, entity) => rest.Plus(
            entity.Label, new ForeignKeyComparator(entity.References.Select(reference => KeyValuePair.Create(reference.Fields[0], reference.Target)))));

    /// <summary>Numbers that imports follow as keys (docs/sentry-import.md, section 2.2), by position.</summary>
    internal static ComparatorMap PlainNumbers(RelocationModel model, ComparatorMap map) => PlainNumber.All
        .Where(number => model.FindOwn(number.Model)?.Fields.Any(field => field.Name == number.Field) == true)
        .Aggregate(map, (rest, number) => rest.Plus(number.Model, new ForeignKeyComparator([KeyValuePair.Create(number.Field, number.Target)])));

    /// <summary>The teams of invitations, but for their keys.</summary>
    internal static ComparatorMap InvitedTeams(RelocationModel model, ComparatorMap map) => model.FindOwn(Labels.OrganizationMemberInvite) is { } invite
        ? map.Plus(invite.Label, new KeysInJsonComparator(KeysInJson.InvitedTeams.Field, KeysInJson.InvitedTeams.Member))
        : map;

    /// <summary>Keys within JSON that imports follow (docs/sentry-import.md, section 2.2), by position; the rest of the field as it is written.</summary>
    internal static ComparatorMap KeysWithin(RelocationModel model, ComparatorMap map) => KeysInJson.All
        .Where(keys => model.FindOwn(keys.Model)?.Has(keys.Field) == true)
        .Aggregate(map, (rest, keys) => rest.Without(keys.Model, keys.Field)
            .Plus(keys.Model, new ForeignKeyComparator([KeyValuePair.Create(keys.Path, keys.Target)])));

    internal static bool IsEmail(RelocationField field) =>
        field.Type == FieldType.Text && (field.Name == "email" || field.Name.EndsWith("_email", StringComparison.Ordinal));
}
