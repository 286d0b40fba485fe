using Relocation.Testing.Exporting;

namespace Relocation.Testing;

/// <summary>
/// Keeps the records of each model that an export has finished, so that another attempt need not read them again (docs/sentry-import.md,
/// section 7.4).
/// </summary>
/// <remarks>Whoever implements it sees to it that what is kept belongs to the same export: the same database, scope and filters.</remarks>
public abstract class ExportCheckpoint
{
    /// <summary>Keeps the records of each model in a file of a folder.</summary>
    /// <remarks>
    /// A folder belongs to one export. What is kept is as secret as the database: it is JSON (<c>app.model.json</c>), or in an envelope that
    /// encrypts it (<c>app.model.enc.tar</c>, as in Sentry's own store). Files that are damaged, or encrypted for others, count as none.
    /// </remarks>
    /// <param name="folder">The folder's path. It is made when something is kept first.</param>
    /// <param name="envelope">What each file is put into. Default: null, nothing.</param>
    public static ExportCheckpoint InFolder(string folder, BackupEnvelope? envelope = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return new FolderCheckpoint(folder, envelope);
    }

    /// <summary>
    /// The records of a model that were kept, or null when there are none. What is no list of records of the model counts as none.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A JSON array of records, which the export closes.</returns>
    public abstract ValueTask<Stream?> OpenAsync(ModelLabel model, CancellationToken cancellationToken);

    /// <summary>Keeps the records of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="records">A JSON array of records; it is not to be closed, and gone afterwards.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public abstract ValueTask StoreAsync(ModelLabel model, Stream records, CancellationToken cancellationToken);
}
