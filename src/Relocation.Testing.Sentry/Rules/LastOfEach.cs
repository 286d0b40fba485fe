namespace Relocation.Testing.Sentry.Rules;

/// <summary>Remembers, for one rule and one import, the row of each unique value, so that the last record's values stay in it.</summary>
internal sealed class LastOfEach<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Row> _rows = [];

    /// <summary>Inserts a record, or writes it over the row with its value.</summary>
    /// <param name="record">The record.</param>
    /// <param name="value">Its unique value.</param>
    /// <param name="existing">The existing row, or null.</param>
    internal void Write(ChunkRecord record, TKey value, RecordKey? existing)
    {
        if (!_rows.TryGetValue(value, out var row))
        {
            row = new Row(existing ?? record.NewKey);
            _rows.Add(value, row);
            if (existing is null)
            {
                return;
            }
        }

        // A row is overwritten only once, since engines need not follow the order of the records.
        row.WrittenOver?.MapTo(row.Key);
        row.WrittenOver = record;
        record.Overwrite(row.Key);
    }

    private sealed class Row(RecordKey key)
    {
        internal RecordKey Key { get; } = key;

        internal ChunkRecord? WrittenOver { get; set; }
    }
}
