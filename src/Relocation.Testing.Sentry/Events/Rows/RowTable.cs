namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>The rows of one table that a batch knows, by what identifies them; new ones in the order in which events ask for them.</summary>
internal sealed class RowTable<TKey, TRow>
    where TKey : notnull
    where TRow : BatchRow
{
    private readonly Dictionary<TKey, TRow> _rows = [];

    internal List<TRow> New { get; } = [];

    internal IEnumerable<TRow> Changed => _rows.Values.Where(static row => row is { IsNew: false, IsChanged: true });

    internal TRow? Find(TKey key) => _rows.GetValueOrDefault(key);

    /// <summary>Adds a row that was found, or that is new.</summary>
    internal TRow Add(TKey key, TRow row)
    {
        _rows[key] = row;
        if (row.IsNew)
        {
            New.Add(row);
        }

        return row;
    }
}
