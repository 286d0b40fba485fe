namespace Relocation.Testing.Texts;

/// <summary>Finds labels and fields that an unknown one may have been meant to be.</summary>
internal static class NearMiss
{
    private const int Most = 3;

    /// <summary>The nearest labels, at most three of them.</summary>
    internal static IReadOnlyList<ModelLabel> Of(ModelLabel label, RelocationModel model) =>
    [
        .. model.Entities.Where(entity => MayBeNear(label.Model, entity.Label.Model))
            .Select(entity => (entity.Label, Distance: DistanceOf(label, entity.Label)))
            .Where(near => near.Distance <= MostEdits(label.Model))
            .OrderBy(near => near.Distance).ThenBy(near => near.Label)
            .Take(Most)
            .Select(near => near.Label),
    ];

    /// <summary>The nearest fields, at most three of them.</summary>
    internal static IReadOnlyList<string> Of(string member, RelocationEntity entity) => Of(
        member,
        entity.Fields.Where(field => field.IsInBackup).Select(field => field.Name)
            .Concat(entity.Children.Concat(entity.Types.SelectMany(type => type.Rows.Children)).Select(child => child.Name))
            .Select(name => name.Split('.')[0]));

    /// <summary>The nearest of some names, at most three of them.</summary>
    internal static IReadOnlyList<string> Of(string member, IEnumerable<string> names) =>
    [
        .. names.Distinct().Where(name => MayBeNear(member, name))
            .Select(name => (Name: name, Distance: Edits(Plain(member), Plain(name))))
            .Where(near => near.Distance <= MostEdits(member))
            .OrderBy(near => near.Distance).ThenBy(near => near.Name, StringComparer.Ordinal)
            .Take(Most)
            .Select(near => near.Name),
    ];

    /// <summary>Underscores and another app are small differences.</summary>
    private static int DistanceOf(ModelLabel left, ModelLabel right) =>
        Edits(Plain(left.Model), Plain(right.Model)) + (left.App == right.App ? 0 : 1);

    private static int MostEdits(string name) => Math.Max(1, name.Length / 4);

    /// <summary>
    /// A name without underscores takes at least as many edits as it is longer or shorter than another. Names of a hostile backup may have millions
    /// of characters.
    /// </summary>
    private static bool MayBeNear(string name, string other)
    {
        var (length, otherLength) = (Letters(name), Letters(other));
        return Math.Abs(length - otherLength) <= MostEdits(name);
    }

    private static int Letters(string name) => name.Length - name.AsSpan().Count('_');

    private static string Plain(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>How many characters have to be put in, taken out or changed.</summary>
    private static int Edits(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < right.Length; j++)
            {
                var changed = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(changed, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[^1];
    }
}
