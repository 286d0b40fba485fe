namespace Relocation.Testing.Sentry.Exporting;

/// <summary>Reads the rows that decide which records of a model are exported.</summary>
internal static class OwnedRecords
{
    /// <summary>Collects the keys in a field of a model's wanted rows.</summary>
    internal static async Task<HashSet<long>> KeysAsync(
        ExportSession session, ModelLabel model, Func<SelectedRecord, bool> isWanted, string field, CancellationToken cancellationToken)
    {
        var found = new HashSet<long>();
        await foreach (var record in session.ReadAsync(model, cancellationToken).ConfigureAwait(false))
        {
            if (isWanted(record) && record[field] is long key)
            {
                found.Add(key);
            }
        }

        return found;
    }

    /// <summary>Whether a row refers to a record that is exported.</summary>
    internal static bool Leads(ExportSession session, SelectedRecord record, string field, ModelLabel model) =>
        record[field] is long key && session.IsExported(model, RecordKey.From(key));

    /// <summary>Exports the records with some keys.</summary>
    internal static Func<SelectedRecord, string?> Among(IReadOnlySet<long> keys, string reason) =>
        record => keys.Contains(record.Key.AsInteger()) ? null : reason;
}
