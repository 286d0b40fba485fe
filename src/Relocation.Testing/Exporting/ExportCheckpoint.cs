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
    /// A folder belongs to one export. What is kept is as secret as the database: encrypted files (<c>app.model.enc.tar</c>, as in Sentry's
    /// own store) are made for one key pair; without, they are JSON (<c>app.model.json</c>). Files that are damaged, or encrypted for
    /// others, count as none.
    /// </remarks>
    /// <param name="folder">The folder's path. It is made when something is kept first.</param>
    /// <param name="encryptor">Gives the public key, or null to keep records as they are.</param>
    /// <param name="decryptor">Has the private key; given exactly when <paramref name="encryptor"/> is.</param>
    /// <exception cref="ArgumentException">One of the two keys is missing.</exception>
    public static ExportCheckpoint InFolder(string folder, BackupEncryptor? encryptor = null, BackupDecryptor? decryptor = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return (encryptor is null) == (decryptor is null)
            ? new FolderCheckpoint(folder, encryptor, decryptor)
            : throw ExportErrors.HalfOfKeys(encryptor is null ? nameof(encryptor) : nameof(decryptor));
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
