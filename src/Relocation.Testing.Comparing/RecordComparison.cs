namespace Relocation.Testing.Comparing;

/// <summary>The three steps of comparing two records (docs/sentry-import.md, section 8.1), and the JSON that is left.</summary>
internal static class RecordComparison
{
    internal static void Run(RecordPair pair, IReadOnlyList<RecordComparator> comparators)
    {
        for (var at = 0; at < comparators.Count; at++)
        {
            var comparator = comparators[at];
            var found = pair.Findings.Count;
            comparator.CheckExistence(pair);
            if (pair.Findings.Count == found)
            {
                comparator.Compare(pair);
            }
        }

        for (var at = 0; at < comparators.Count; at++)
        {
            comparators[at].Scrub(pair);
        }

        FieldDifference.Find(pair);
    }
}
