namespace Relocation.Testing.Sentry.Rules;

/// <summary>Gives records generated values that no row and no other record has: one query for all, and one more if some are taken.</summary>
internal static class FreshValues
{
    /// <summary>Sets a field of records.</summary>
    /// <param name="session">The import.</param>
    /// <param name="model">The records' model.</param>
    /// <param name="field">The field.</param>
    /// <param name="records">The records.</param>
    /// <param name="make">Makes a value; another attempt gives another one.</param>
    /// <param name="isTaken">Whether a value is taken although no row has it.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal static async Task SetAsync(
        ImportSession session,
        ModelLabel model,
        string field,
        IReadOnlyCollection<ChunkRecord> records,
        Func<ChunkRecord, int, object> make,
        Func<object, bool> isTaken,
        CancellationToken cancellationToken)
    {
        var open = records;
        for (var attempt = 0; open.Count > 0; attempt++)
        {
            var values = open.Select(record => (Record: record, Value: make(record, attempt))).ToList();
            var rows = await session.FindRowsAsync(
                model, [field], [.. values.Select(made => (IReadOnlyList<object?>)[made.Value])], ignoreCase: false, cancellationToken)
                .ConfigureAwait(false);
            var again = new List<ChunkRecord>();
            for (var i = 0; i < values.Count; i++)
            {
                if (rows[i] is not null || isTaken(values[i].Value))
                {
                    again.Add(values[i].Record);
                }
                else
                {
                    values[i].Record[field] = values[i].Value;
                }
            }

            open = again;
        }
    }
}
