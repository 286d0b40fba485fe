namespace Relocation.Testing.Tests.Comparing;

/// <summary>Pairs of records, and what comparators say of them.</summary>
internal static class Pairs
{
    internal const string Kept = "\"other\": 1";

    internal static RecordPair Of(string left, string right, OrdinalMap? lefts = null, OrdinalMap? rights = null, string model = "test.model") =>
        new(Record(left, 1, model), Record(right, 2, model), lefts, rights);

    /// <summary>What a comparator reports: the kind and the reason of each finding.</summary>
    internal static List<(string Kind, string Reason)> Compare(this RecordComparator comparator, string left, string right)
    {
        var pair = Of(left, right);
        comparator.CheckExistence(pair);
        if (pair.Findings.Count == 0)
        {
            comparator.Compare(pair);
        }

        return [.. pair.Findings.Select(finding => (finding.Kind.ToString(), finding.Reason))];
    }

    /// <summary>What a comparator takes out of a record, and that nothing else is taken.</summary>
    internal static IReadOnlyDictionary<string, string?> ScrubbedOf(this RecordComparator comparator, string fields)
    {
        var pair = Of(fields, fields);
        comparator.Scrub(pair);
        Xunit.Assert.Equal(pair.Left.Scrubbed, pair.Right.Scrubbed);
        return pair.Right.Scrubbed;
    }

    private static ComparedRecord Record(string fields, long pk, string model) =>
        ComparedRecord.FromJson($"{{\"model\": \"{model}\", \"pk\": {pk}, \"fields\": {{{fields}}}}}", 1);
}
