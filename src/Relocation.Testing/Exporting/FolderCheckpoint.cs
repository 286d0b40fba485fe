using Relocation.Testing.Backups;

namespace Relocation.Testing.Exporting;

/// <summary>Keeps the records of each model in a file of its own (docs/sentry-import.md, section 7.4).</summary>
internal sealed class FolderCheckpoint(string folder, BackupEnvelope? envelope) : ExportCheckpoint
{
    public override async ValueTask<Stream?> OpenAsync(ModelLabel model, CancellationToken cancellationToken)
    {
        var path = PathOf(model);
        if (!File.Exists(path))
        {
            return null;
        }

        if (envelope is null)
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        }

        var file = SpoolFile.Create();
        try
        {
            await Backup.FromFile(path, sourceFile: string.Empty).OpenedFrom(envelope).CopyToAsync(BackupDestination.ToStream(file), cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return file;
        }
        catch (Exception exception)
        {
            await file.DisposeAsync().ConfigureAwait(false);
            if (exception is RelocationException and not ExportException)
            {
                return null;
            }

            throw;
        }
    }

    public override async ValueTask StoreAsync(ModelLabel model, Stream records, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var destination = BackupDestination.ToFile(PathOf(model));
        await Backup.FromStream(records, model.Value)
            .CopyToAsync(envelope is null ? destination : destination.PutInto(envelope), cancellationToken).ConfigureAwait(false);
    }

    private string PathOf(ModelLabel model) =>
        Path.Combine(folder, $"{Uri.EscapeDataString(model.Value)}{envelope?.Extension ?? ".json"}");
}
