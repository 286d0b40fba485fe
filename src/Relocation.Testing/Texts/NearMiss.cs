namespace Relocation.Testing.Texts;

/// <summary>Finds names that an unknown one may have been meant to be.</summary>
internal static class NearMiss
{
    private const int Most = 3;

    /// <summary>The nearest names, at most three of them.</summary>
    internal static IReadOnlyList<string> Of(string name, IEnumerable<string> names) =>
        Of(names.Distinct().Select(other => (other, Distance(name, other))), StringComparer.Ordinal);

    /// <summary>The nearest of those whose distance is known, at most three of them.</summary>
    internal static IReadOnlyList<T> Of<T>(IEnumerable<(T Value, int? Distance)> others, IComparer<T>? order = null) =>
    [
        .. others.Where(other => other.Distance is not null).OrderBy(other => other.Distance).ThenBy(other => other.Value, order)
            .Take(Most).Select(other => other.Value),
    ];

    /// <summary>How many letters differ; null when too many do.</summary>
    /// <param name="name">The name that may be meant otherwise.</param>
    /// <param name="other">A name that there is.</param>
    /// <param name="apart">How far both are apart for other reasons.</param>
    internal static int? Distance(string name, string other, int apart = 0) =>
        MayBeNear(name, other) && Edits(Plain(name), Plain(other)) + apart is var distance && distance <= MostEdits(name) ? distance : null;

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
