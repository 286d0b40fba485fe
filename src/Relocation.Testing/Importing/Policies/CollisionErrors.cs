namespace Relocation.Testing.Importing.Policies;

/// <summary>The messages about collisions: what is wrong, where, what to do.</summary>
internal static class CollisionErrors
{
    internal static string Collision(UniqueCheck check) =>
        $"Table '{check.Lookups[0].Table.Name}' has a row with the same {string.Join(", ", check.Lookups[0].Fields.Select(field => field.Name))} already ({check.Name}), or an "
        + "earlier record of the backup will be one. Choose another CollisionPolicy, import into an empty table, or change the values.";

    internal static string CollisionOfMember(UniqueCheck check, string member) => $"Member '{member}': {Collision(check)}";

    internal static string RequiredMemberTaken(UniqueCheck check, string member) =>
        $"Member '{member}' of the record, or of the one that has the row with the same {string.Join(", ", check.Lookups[0].Fields.Select(field => field.Name))} "
        + $"({check.Name}), would be missing, and every record has to have one. Choose CollisionPolicy.Suffix or Regenerate for the set, or change the values.";

    internal static string OtherTypeToJoin(RelocationEntity entity, ModelLabel type) =>
        $"A record of type '{type}' has the unique values of a row of '{entity.Label}' that is of another type, and cannot stand for it. Choose "
        + "CollisionPolicy.Suffix or Regenerate, or change the values.";

    internal static string TwoRowsToJoin(RelocationEntity entity, IReadOnlyList<string> sets) =>
        $"A record of '{entity.Label}' has unique values of two different rows ({string.Join(", ", sets)}), and can stand for only one. Choose "
        + "CollisionPolicy.Suffix or Regenerate for one of the sets, or change the values.";

    internal static string NoFreeValue(RelocationEntity entity, string set) =>
        $"No free value was found for a record of '{entity.Label}' ({set}). Widen the column, or choose another CollisionPolicy.";

    internal static RelocationModelException NoFieldToChange(RelocationEntity entity, UniqueSet set, CollisionPolicy policy)
    {
        var message = $"CollisionPolicy.{policy} cannot be applied to unique set '{set.Name ?? set.FieldNames}' of model '{entity.Label}': none of "
            + $"its fields {(policy == CollisionPolicy.Suffix ? "is text" : "is text or a Guid")} outside of keys and references. Choose another "
            + "policy for the set.";
        return new RelocationModelException(message, [message]);
    }
}
