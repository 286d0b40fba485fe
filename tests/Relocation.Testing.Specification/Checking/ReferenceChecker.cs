namespace Relocation.Testing.Specification.Checking;

/// <summary>
/// Finds out, from contents alone and without the pk map, which row is which record, and whether every reference of every row
/// lands on the row of the record that was meant.
/// </summary>
/// <remarks>
/// Records and rows are coloured by content, then again and again by the colours of what they refer to and what refers to
/// them. Where several records keep one colour, one of them is tied to a row and colouring goes on, until each record has
/// its row: an isomorphism, or the proof that there is none.
/// </remarks>
internal sealed class ReferenceChecker
{
    private const int Nothing = -1;
    private const int Elsewhere = -2;
    private const int Listed = 10;

    private readonly List<CheckedItem> _items;
    private readonly int _records;
    private readonly int[][] _targets;
    private readonly List<(int Reference, int From)>[] _referrers;

    private ReferenceChecker(IReadOnlyList<CheckedItem> records, IReadOnlyList<CheckedItem> rows)
    {
        _items = [.. records, .. rows];
        _records = records.Count;
        _targets = new int[_items.Count][];
        _referrers = [.. _items.Select(_ => new List<(int, int)>())];
        Link(0, _records);
        Link(_records, _items.Count);
    }

    internal static Matching Match(IReadOnlyList<CheckedItem> records, IReadOnlyList<CheckedItem> rows) =>
        new ReferenceChecker(records, rows).Run();

    private void Link(int start, int end)
    {
        var byName = Enumerable.Range(start, end - start).ToDictionary(index => _items[index].Name);
        for (var index = start; index < end; index++)
        {
            _targets[index] = [.. _items[index].References.Select(name =>
                name is null ? Nothing : byName.TryGetValue(name, out var target) ? target : Elsewhere)];
            for (var reference = 0; reference < _targets[index].Length; reference++)
            {
                if (_targets[index][reference] >= 0)
                {
                    _referrers[_targets[index][reference]].Add((reference, index));
                }
            }
        }
    }

    private Matching Run()
    {
        var colours = Recolour(_items.Select(item => $"{item.Model}\n{item.Content}"));
        var findings = Unbalanced(colours, "no row holds the values of", "no record has the values of");
        if (findings.Count == 0)
        {
            colours = Refine(colours);
            findings = Unbalanced(colours, "no row has the values and the references of", "no record has the values and the references of");
        }

        if (findings.Count > 0)
        {
            return new Matching(findings, new Dictionary<string, string>(), new HashSet<string>());
        }

        var certain = Classes(colours).Where(indexes => indexes.Count == 2).Select(indexes => _items[indexes[0]].Name).ToHashSet();
        return TieAll(colours) is { } tied
            ? new Matching(Misdirected(tied), tied.ToDictionary(pair => _items[pair.Key].Name, pair => _items[pair.Value].Name), certain)
            : new Matching(["Records and rows are connected in different ways."], new Dictionary<string, string>(), certain);
    }

    /// <summary>The row of each record once every colour has one of both, or null when there is no way to get there.</summary>
    private Dictionary<int, int>? TieAll(int[] colours)
    {
        var open = Classes(colours).FirstOrDefault(indexes => indexes.Count > 2);
        if (open is null)
        {
            return Classes(colours).ToDictionary(indexes => indexes[0], indexes => indexes[1]);
        }

        foreach (var row in open.Where(index => index >= _records))
        {
            var tied = (int[])colours.Clone();
            tied[open[0]] = tied[row] = colours.Length;
            tied = Refine(tied);
            if (Classes(tied).All(indexes => indexes.Count(index => index < _records) * 2 == indexes.Count) && TieAll(tied) is { } all)
            {
                return all;
            }
        }

        return null;
    }

    /// <summary>The last word: each reference followed on both sides.</summary>
    private List<string> Misdirected(Dictionary<int, int> rows) =>
    [
        .. from pair in rows
           from reference in Enumerable.Range(0, _targets[pair.Key].Length)
           let meant = _targets[pair.Key][reference]
           where _targets[pair.Value][reference] != (meant >= 0 ? rows[meant] : meant)
           select $"{_items[pair.Value].Name}: reference {reference} leads elsewhere than that of the record {_items[pair.Key].Name}.",
    ];

    private int[] Refine(int[] colours)
    {
        var count = colours.Distinct().Count();
        while (true)
        {
            var current = colours;
            colours = Recolour(Enumerable.Range(0, _items.Count).Select(index => Signature(index, current)));
            var refined = colours.Distinct().Count();
            if (refined == count)
            {
                return colours;
            }

            count = refined;
        }
    }

    /// <summary>The colour itself, those of what it refers to, and those of what refers to it.</summary>
    private string Signature(int index, int[] colours) => string.Join(
        ',',
        _targets[index].Select(target => target >= 0 ? colours[target] : target)
            .Prepend(colours[index])
            .Append(int.MinValue)
            .Concat(_referrers[index].Select(referrer => (referrer.Reference, Colour: colours[referrer.From]))
                .Order().SelectMany(pair => new[] { pair.Reference, pair.Colour })));

    private static int[] Recolour(IEnumerable<string> signatures)
    {
        var colours = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. signatures.Select(signature =>
        {
            colours.TryAdd(signature, colours.Count);
            return colours[signature];
        })];
    }

    /// <summary>Indexes by colour, records before rows.</summary>
    private static List<List<int>> Classes(int[] colours) =>
        [.. Enumerable.Range(0, colours.Length).GroupBy(index => colours[index]).Select(group => group.ToList())];

    private List<string> Unbalanced(int[] colours, string missing, string surplus)
    {
        var findings = new List<string>();
        foreach (var indexes in Classes(colours))
        {
            var records = indexes.Where(index => index < _records).Select(index => _items[index].Name).ToList();
            var rows = indexes.Where(index => index >= _records).Select(index => _items[index].Name).ToList();
            if (records.Count > rows.Count)
            {
                findings.Add($"{records.Count} records, {rows.Count} rows: {missing} the record {string.Join(", ", records.Take(Listed))}.");
            }
            else if (rows.Count > records.Count)
            {
                findings.Add($"{rows.Count} rows, {records.Count} records: {surplus} the row {string.Join(", ", rows.Take(Listed))}.");
            }
        }

        return findings;
    }
}
