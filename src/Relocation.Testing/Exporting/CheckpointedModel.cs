using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Exporting;

/// <summary>Exports one model from a checkpoint, or from the database into it.</summary>
internal sealed class CheckpointedModel(ExportCheckpoint checkpoint, ModelLabel model)
{
    /// <returns>Whether the records are the checkpoint's.</returns>
    internal async Task<bool> ExportAsync(
        ModelExport export, ExportTransaction transaction, ExportSession session, RecordOutput output, CancellationToken cancellationToken)
    {
        if (await checkpoint.OpenAsync(model, cancellationToken).ConfigureAwait(false) is { } kept)
        {
            await using var closing = kept.ConfigureAwait(false);
            if (await CopyAsync(kept, export, output, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        var file = SpoolFile.Create();
        await using var closingFile = file.ConfigureAwait(false);
        var records = new RecordOutput(file, 0);
        await using (records.ConfigureAwait(false))
        {
            await export.RunAsync(transaction, session, records, cancellationToken).ConfigureAwait(false);
            await records.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        file.Position = 0;
        await checkpoint.StoreAsync(model, file, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        await foreach (var record in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(file, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            record.WriteTo(output.Writer);
            await output.NextAsync(cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<bool> CopyAsync(Stream kept, ModelExport export, RecordOutput output, CancellationToken cancellationToken)
    {
        BackupContent content;
        try
        {
            content = await BackupContent.OpenAsync(Backup.FromStream(kept, model.Value), cancellationToken).ConfigureAwait(false);
        }
        catch (BackupFormatException)
        {
            return false;
        }

        await using var closing = content.ConfigureAwait(false);
        var records = new CheckpointRecords(content, model);
        if (!await records.AreValidAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await export.CopyAsync(records, output, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
