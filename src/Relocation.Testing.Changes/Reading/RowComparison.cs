namespace Relocation.Testing.Reading;

/// <summary>Tells the net change of a table's rows: since the baseline, or since a mark.</summary>
internal static class RowComparison
{
    /// <param name="image">The touched rows of the table; null where it was touched only before the mark, and is as in the baseline again.</param>
    /// <param name="mark">The rows at the mark; null to compare with the baseline, or where the table was as in the baseline.</param>
    internal static List<RowChange> Compare(TableImage? image, TableImage? mark)
    {
        var table = (image ?? mark)!.Table;
        var changes = new List<RowChange>();
        var (now, before, atMark, beforeMark) = (Keyed(table, image?.Now), Keyed(table, image?.Before), Keyed(table, mark?.Now), Keyed(table, mark?.Before));
        foreach (var key in now.Keys.Concat(before.Keys).Concat(atMark.Keys).Concat(beforeMark.Keys).Distinct(StringComparer.Ordinal))
        {
            // Rows that one of the images has neither before nor now are there as in the baseline.
            var baseline = before.GetValueOrDefault(key) ?? beforeMark.GetValueOrDefault(key);
            var isTouched = now.ContainsKey(key) || before.ContainsKey(key);
            var wasTouched = atMark.ContainsKey(key) || beforeMark.ContainsKey(key);
            var (old, @new) = (wasTouched ? atMark.GetValueOrDefault(key) : baseline, isTouched ? now.GetValueOrDefault(key) : baseline);
            if ((old is not null || @new is not null) && (old is null || @new is null || !old.AsSpan().SequenceEqual(@new)))
            {
                changes.Add(new RowChange(table, old, @new));
            }
        }

        AddKeyless(changes, table, image, mark);
        return changes;
    }

    /// <summary>Rows without a key are counted by all their values.</summary>
    private static void AddKeyless(List<RowChange> changes, RecordTable table, TableImage? image, TableImage? mark)
    {
        var counts = new Dictionary<string, (string?[] Row, int Count)>(StringComparer.Ordinal);
        void Count(IReadOnlyList<string?[]>? rows, int by)
        {
            foreach (var row in (rows ?? []).Where(row => table.KeyTextOf(row) is null))
            {
                var text = string.Join('\u001f', row.Select(value => value ?? "\u001e"));
                counts[text] = (row, counts.GetValueOrDefault(text).Count + by);
            }
        }

        Count(image?.Now, 1);
        Count(image?.Before, -1);
        Count(mark?.Now, -1);
        Count(mark?.Before, 1);
        foreach (var (_, (row, count)) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            changes.AddRange(Enumerable.Repeat(count > 0 ? new RowChange(table, null, row) : new RowChange(table, row, null), Math.Abs(count)));
        }
    }

    private static Dictionary<string, string?[]> Keyed(RecordTable table, IReadOnlyList<string?[]>? rows)
    {
        var keyed = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        foreach (var row in rows ?? [])
        {
            if (table.KeyTextOf(row) is { } key)
            {
                keyed[key] = row;
            }
        }

        return keyed;
    }
}
