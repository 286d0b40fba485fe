namespace Relocation.Testing.Backups;

/// <summary>Reads some fields of some models' records, and no more of a backup than is needed to know that it is one.</summary>
internal static class RawReading
{
    internal static async Task RunAsync(
        Backup backup, IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> fields, Action<RawRecord> read, CancellationToken cancellationToken)
    {
        var values = fields.ToDictionary(model => model.Key, model => new RawFieldValues([.. model.Value]));
        var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var index = await BackupIndexer.IndexAsync(
                content,
                known: null,
                values.ToDictionary(model => model.Key, RecordObserver (model) => model.Value),
                BackupLimits.Default,
                includeValues: false,
                bytesRead: null,
                cancellationToken).ConfigureAwait(false);
            foreach (var (label, kept) in values)
            {
                for (var rank = 0; index.Find(label) is { } records && rank < records.Count; rank++)
                {
                    read(new RawRecord(label, records.Keys[rank], records.ArrayIndexOf(rank), kept[rank]));
                }
            }
        }
    }
}
