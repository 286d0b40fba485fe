namespace Relocation.Testing.Comparing;

/// <summary>The three steps of comparing two records (import specification, section 8.1), and the JSON that is left.</summary>
internal static class RecordComparison
{
    internal static void Run(RecordPair pair, IReadOnlyList<RecordComparator> comparators)
    {
        foreach (var comparator in comparators)
        {
            var found = pair.Findings.Count;
            comparator.CheckExistence(pair);
            if (pair.Findings.Count == found)
            {
                comparator.Compare(pair);
            }
        }

        foreach (var comparator in comparators)
        {
            comparator.Scrub(pair);
        }

        FieldDifference.Find(pair);
    }
}
