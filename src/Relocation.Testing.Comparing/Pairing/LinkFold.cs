namespace Relocation.Testing.Comparing.Pairing;

/// <summary>
/// A many-to-many relation that backups write in several ways: as records of its join table, or as a list of keys at either end. Comparisons
/// take all of them for the list at one end.
/// </summary>
/// <param name="Join">The join table's model.</param>
/// <param name="Owner">The model whose records get the list.</param>
/// <param name="Member">The list's name there.</param>
/// <param name="OwnerField">The join table's field that refers to the owner.</param>
/// <param name="Target">The model at the other end.</param>
/// <param name="TargetField">The join table's field that refers to the other end.</param>
/// <param name="Reverse">The list's name at the other end, or null where it has none.</param>
internal sealed record LinkFold(
    RelocationEntity Join, ModelLabel Owner, string Member, string OwnerField, ModelLabel Target, string TargetField, string? Reverse)
{
    /// <summary>The relations of a model whose join tables have nothing but both ends.</summary>
    internal static IReadOnlyList<LinkFold> Of(RelocationModel? model)
    {
        if (model is null)
        {
            return [];
        }

        var ends = model.Entities.SelectMany(entity => entity.Children.Where(child => child.HoldsKeys && child.OwnerFields.Count == 1
            && child.Rows.References is [{ Fields.Count: 1, TargetFields.Count: 0 }]).Select(child => (Entity: entity, Child: child))).ToList();
        return [.. ends.GroupBy(end => (end.Child.Rows.Schema, end.Child.Rows.Table)).Select(group => Make(model, [.. group])).OfType<LinkFold>()];
    }

    private static LinkFold? Make(RelocationModel model, List<(RelocationEntity Entity, RelocationChild Child)> ends)
    {
        var (owner, child) = ends[0];
        var target = child.Rows.References[0];
        var join = model.Entities.FirstOrDefault(entity => entity.Table == child.Rows.Table && entity.Schema == child.Rows.Schema);
        string[] fields = [child.OwnerFields[0], target.Fields[0]];
        if (join is null || model.Find(target.Target) is not { } other || !fields.All(field => join.FindField(field) is not null)
            || join.Fields.Any(field => !fields.Contains(field.Name)) || join.Children.Count > 0 || (join.Key.Fields.Count > 1 && !join.Key.Fields.All(field => fields.Contains(field.Name))))
        {
            return null;
        }

        var reverse = ends.Skip(1).FirstOrDefault(end => end.Child.OwnerFields[0] == fields[1]).Child?.Name;
        return new LinkFold(join, owner.Label, child.Name, fields[0], other.Label, fields[1], reverse);
    }
}
