namespace Relocation.Testing.Keys;

/// <summary>What readers of a finished pk map do with one model's part of it.</summary>
internal static class ModelKeysExtensions
{
    internal static KeyMapping MappingAt(this ModelKeys keys, int index) =>
        new(keys.Model, keys.Old[index], keys.New[index], keys.KindAt(index));

    internal static int CountOf(this ModelKeys keys, KeyMappingKind kind) =>
        keys.Kinds is null
            ? (kind == KeyMappingKind.Inserted ? keys.Count : 0)
            : keys.Kinds.Count(other => other == kind);

    /// <summary>The reference columns in the order in which they are shown, which does not depend on the model's.</summary>
    internal static ReferenceKeys[] ReferencesByName(this ModelKeys keys) =>
        [.. keys.References.OrderBy(column => column.Name, StringComparer.Ordinal).ThenBy(column => column.Target)];

    /// <summary>The references of one entry.</summary>
    /// <param name="columns">What <see cref="ReferencesByName"/> gave for the entry's model.</param>
    /// <param name="index">The entry.</param>
    internal static IReadOnlyList<MappedReference> ReferencesAt(this ReferenceKeys[] columns, int index)
    {
        List<MappedReference>? references = null;
        foreach (var column in columns)
        {
            if (column.At(index) is { } oldKey)
            {
                references ??= new List<MappedReference>(columns.Length);
                references.Add(new MappedReference(column.Name, column.Target, oldKey));
            }
        }

        return references ?? (IReadOnlyList<MappedReference>)[];
    }

    internal static RecordKey? At(this ReferenceKeys column, int index) =>
        index < column.OldKeys.Count ? column.OldKeys[index] : null;

    /// <summary>Whether two models' parts hold the same entries.</summary>
    internal static bool Matches(this ModelKeys left, KeyOrder leftOrder, ModelKeys right, KeyOrder rightOrder)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        var leftColumns = left.ReferencesByName();
        var rightColumns = right.ReferencesByName();
        for (var place = 0; place < leftOrder.Count; place++)
        {
            var (i, j) = (leftOrder[place], rightOrder[place]);
            if (left.MappingAt(i) != right.MappingAt(j)
                || !leftColumns.ReferencesAt(i).SequenceEqual(rightColumns.ReferencesAt(j)))
            {
                return false;
            }
        }

        return true;
    }

    internal static ModelKeys Only(this ModelKeys keys, IReadOnlyCollection<KeyMappingKind> kinds) =>
        keys.Copy(index => kinds.Contains(keys.KindAt(index)), index => keys.New[index]);

    /// <summary>The same entries, each new key replaced by its place among the model's new keys, from 1.</summary>
    internal static ModelKeys WithOrdinals(this ModelKeys keys)
    {
        var ordinals = new Dictionary<RecordKey, long>();
        foreach (var key in Enumerable.Range(0, keys.Count).Select(index => keys.New[index]).Distinct().Order())
        {
            ordinals.Add(key, ordinals.Count + 1);
        }

        return keys.Copy(_ => true, index => RecordKey.From(ordinals[keys.New[index]]));
    }

    private static ModelKeys Copy(this ModelKeys keys, Func<int, bool> isWanted, Func<int, RecordKey> newKey)
    {
        var copy = new ModelKeys(keys.Model);
        copy.References.AddRange(keys.References.Select(column => new ReferenceKeys(column.Name, column.Target)));
        for (var index = 0; index < keys.Count; index++)
        {
            if (isWanted(index))
            {
                copy.Add(keys.Old[index], newKey(index), keys.KindAt(index));
                for (var column = 0; column < keys.References.Count; column++)
                {
                    copy.References[column].OldKeys.Add(keys.References[column].At(index));
                }
            }
        }

        return copy;
    }
}
