using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing.Comparing.Comparators;

/// <summary>Which comparator a field gets when nobody says so.</summary>
internal static class DefaultComparators
{
    /// <summary>The references of one field each to models that the other side can hold, but for those in rows that are compared as a whole.</summary>
    internal static IEnumerable<KeyValuePair<string, ModelLabel>> References(RelocationModel model, RelocationEntity entity, IReadOnlySet<string> claimed)
    {
        var whole = OwnedRows(entity, claimed).Select(child => child.Name + ".").ToList();
        return ReferencesIn(model, entity, string.Empty).Where(reference => !whole.Exists(prefix => reference.Key.StartsWith(prefix, StringComparison.Ordinal)));
    }

    /// <summary>The members whose rows are compared as a whole: those that nothing else looks into.</summary>
    internal static IEnumerable<RelocationChild> OwnedRows(RelocationEntity entity, IReadOnlySet<string> claimed) => entity.Children.Where(child =>
        OwnedRowsComparator.Knows(child) && !claimed.Any(field => field == child.Name || field.StartsWith(child.Name + ".", StringComparison.Ordinal)));

    /// <summary>The references of one field each to models that the other side can hold, those in members included.</summary>
    internal static IEnumerable<KeyValuePair<string, ModelLabel>> ReferencesIn(RelocationModel model, RelocationEntity entity, string prefix)
    {
        var own = entity.References
            .Where(reference => reference.Fields.Count == 1 && reference.TargetFields.Count == 0)
            .Where(reference => entity.PositionInKey(reference.Fields[0]) < 0)
            .Select(reference => (Field: prefix + reference.Fields[0], Target: model.Find(reference.Target)));
        foreach (var (field, target) in own.Where(reference => reference.Target is not null))
        {
            yield return KeyValuePair.Create(field, target!.Label);
        }

        foreach (var child in entity.Children)
        {
            var name = prefix + child.Name;
            if (!child.HoldsKeys)
            {
                foreach (var reference in ReferencesIn(model, child.Rows, name + "."))
                {
                    yield return reference;
                }
            }
            else if (model.Find(child.Rows.References[0].Target) is { Key.Fields.Count: 1 } target)
            {
                yield return KeyValuePair.Create(name, target.Label);
            }
        }
    }

    /// <summary>The references of several fields each, and lists of keys of several parts.</summary>
    internal static IEnumerable<RecordComparator> CompositeReferences(RelocationModel model, RelocationEntity entity, string path = "")
    {
        var isRecord = path.Length == 0;
        foreach (var reference in entity.References.Where(reference => reference.Fields.Count > 1 && reference.TargetFields.Count == 0))
        {
            var inKey = reference.Fields.Select(field => isRecord ? entity.PositionInKey(field) : -1).ToList();
            if (model.Find(reference.Target) is { } target && inKey.Contains(-1))
            {
                yield return new CompositeReferenceComparator(path, reference.Fields, inKey, target);
            }
        }

        foreach (var child in entity.Children)
        {
            var name = isRecord ? child.Name : $"{path}.{child.Name}";
            if (!child.HoldsKeys)
            {
                foreach (var comparator in CompositeReferences(model, child.Rows, name))
                {
                    yield return comparator;
                }
            }
            else if (model.Find(child.Rows.References[0].Target) is { Key.Fields.Count: > 1 } target)
            {
                yield return new CompositeReferenceComparator(name, [], [], target);
            }
        }
    }

    /// <summary>Whether the types of a hierarchy have references of one name to different models, or some have a value of their own there.</summary>
    internal static bool DiffersByType(RelocationEntity entity, string name) => entity.Types
        .Where(type => type.Rows.Fields.Any(field => field.AllNames.Contains(name)))
        .Select(type => type.Rows.References.FirstOrDefault(reference => reference.Fields is [var only]
            && type.Rows.FindField(only)?.AllNames.Contains(name) == true)?.Target)
        .Distinct().Count() > 1;

    /// <summary>New Guids come in no order, so that records are told by what else is theirs alone; empty where nothing is.</summary>
    internal static IReadOnlyList<string> OrdinalOf(RelocationEntity entity) =>
        entity.Key is { Kind: RecordKeyKind.Guid, Policy: KeyPolicy.Remap }
            ? entity.Uniques.FirstOrDefault(unique => unique.Condition is null
                && unique.Fields.All(name => entity.FindField(name) is { IsNullable: false, Type: FieldType.Text or FieldType.Integer or FieldType.Guid }))?.Fields ?? []
            : [];

    internal static RecordComparator? AutoSuffix(RelocationEntity entity, RelocationField field)
    {
        if (IsOfSeveralTypes(entity, field))
        {
            return null;
        }

        var changes = entity.Uniques.Any(unique =>
            (unique.OnCollision ?? entity.OnCollision) == CollisionPolicy.Suffix && (unique.ChangedField ?? unique.Fields[^1]) == field.Name);
        return changes && field.Type == FieldType.Text ? AutoSuffixComparator.ForSlugs(field.MaxLength, field.Name) : null;
    }

    internal static RecordComparator? Date(RelocationEntity entity, RelocationField field) =>
        field.Type is FieldType.Instant or FieldType.DateTime && !IsOfSeveralTypes(entity, field) ? new DateTimeEqualityComparator(field.Name) : null;

    /// <summary>Fields whose values can be written in more than one way.</summary>
    internal static RecordComparator? Encoded(RelocationEntity entity, RelocationField field) =>
        IsOfSeveralTypes(entity, field) ? new EncodedValueComparator(field.Name)
        : field is { NameOf: not null, Convert: not null } || field.Encoding != FieldEncoding.Native || IsWrittenInSeveralWays(field.Type) ? new FieldValueComparator(field)
        : null;

    internal static RecordComparator? Email(RelocationEntity entity, RelocationField field) =>
        field.Type == FieldType.Text && !IsOfSeveralTypes(entity, field) && field.Name.Contains("email", StringComparison.OrdinalIgnoreCase) ? new EmailObfuscatingComparator(field.Name) : null;

    internal static RecordComparator? Secret(RelocationEntity entity, RelocationField field) =>
        field.Type == FieldType.Text && !IsOfSeveralTypes(entity, field) && SecretNames.Hold(field.Name)
            ? new HashObfuscatingComparator(field.Name)
            : null;

    private static bool IsWrittenInSeveralWays(FieldType type) => type is FieldType.Json or FieldType.Array or FieldType.Real or FieldType.Decimal
        or FieldType.Guid or FieldType.Date or FieldType.Time or FieldType.Duration;

    /// <summary>Whether the types of a hierarchy have values of different types under the field's name.</summary>
    private static bool IsOfSeveralTypes(RelocationEntity entity, RelocationField field) => entity.Types
        .Select(type => type.Rows.FindField(field.Name)?.Type).Where(type => type is not null).Distinct().Count() > 1;
}
