namespace Relocation.Testing.Importing;

/// <summary>Finds and deletes rows by values: one statement for any number of them.</summary>
internal static class RowSearch
{
    /// <summary>
    /// Finds rows that equal lists of values. A list with a null among the compared values equals no row and is not asked for. With
    /// a condition, lists that meet it are answered even when no row equals them.
    /// </summary>
    /// <returns>The index of a list, and the key of the row that equals it.</returns>
    internal static async Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindAsync(
        ImportTransaction transaction,
        RowLookup lookup,
        IReadOnlyList<IReadOnlyList<object?>> values,
        CancellationToken cancellationToken)
    {
        var asked = Enumerable.Range(0, values.Count)
            .Where(index => values[index].Take(lookup.Fields.Count).All(value => value is not null && !HoldsNul(value)))
            .ToList();
        if (asked.Count == 0)
        {
            return [];
        }

        using var batch = BatchOf(lookup, values, asked);
        return await transaction.FindRowsAsync(lookup, batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the rows that equal one of the lists of values.</summary>
    internal static async Task DeleteAsync(
        ImportTransaction transaction, RowLookup lookup, IReadOnlyList<IReadOnlyList<object?>> values, CancellationToken cancellationToken)
    {
        if (values.Count > 0)
        {
            using var batch = BatchOf(lookup, values, [.. Enumerable.Range(0, values.Count)]);
            await transaction.DeleteRowsAsync(lookup, batch, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RowBatch BatchOf(RowLookup lookup, IReadOnlyList<IReadOnlyList<object?>> values, List<int> asked)
    {
        var fields = lookup.AllFields.ToList();
        var batch = new RowBatch(fields, asked.Count);
        foreach (var index in asked)
        {
            var row = batch.NextRow();
            for (var i = 0; i < fields.Count; i++)
            {
                row[i] = values[index][i] is { } value ? ValueReader.Any(fields[i], PlainValue.Widened(value)!, batch) : Cell.Null;
            }

            batch.CompleteRow(index);
        }

        return batch;
    }

    /// <summary>No text in a database has a NUL, and none can be sent.</summary>
    private static bool HoldsNul(object value) => value is string text && text.Contains('\0', StringComparison.Ordinal);
}
