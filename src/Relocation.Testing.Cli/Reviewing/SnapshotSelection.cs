using System.IO.Enumeration;
using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Reviewing;

/// <summary>Chooses snapshots by name, by pattern, or all.</summary>
/// <param name="patterns">Names or patterns; with a slash they mean the whole path, without one its last part.</param>
/// <param name="all">Whether all are meant.</param>
internal sealed class SnapshotSelection(IReadOnlyList<string> patterns, bool all)
{
    /// <summary>Whether a single snapshot is named, so that nothing has to be confirmed.</summary>
    internal bool IsOneName => !all && patterns is [var only] && !only.AsSpan().ContainsAny('*', '?');

    /// <exception cref="UsageException">Nothing is chosen, or a name or pattern chooses nothing.</exception>
    internal IReadOnlyList<ReviewedSnapshot> From(IReadOnlyList<ReviewedSnapshot> waiting)
    {
        if (all == patterns.Count > 0)
        {
            throw Errors.NothingSelected();
        }

        foreach (var pattern in patterns)
        {
            if (!waiting.Any(snapshot => Matches(pattern, snapshot.Name)))
            {
                throw Errors.NoSuchSnapshot(pattern, waiting.Select(snapshot => snapshot.Name));
            }
        }

        return all ? waiting : [.. patterns.SelectMany(pattern => Chosen(waiting, pattern)).Distinct()];
    }

    /// <summary>A whole name means that snapshot alone, even where others of folders below end alike.</summary>
    private static IEnumerable<ReviewedSnapshot> Chosen(IReadOnlyList<ReviewedSnapshot> waiting, string pattern) =>
        waiting.FirstOrDefault(snapshot => snapshot.Name == pattern) is { } exact ? [exact] : waiting.Where(snapshot => Matches(pattern, snapshot.Name));

    private static bool Matches(string pattern, string name)
    {
        var matched = pattern.Contains('/', StringComparison.Ordinal) ? name : name[(name.LastIndexOf('/') + 1)..];
        return matched == pattern || FileSystemName.MatchesSimpleExpression(pattern, matched, ignoreCase: false);
    }
}
