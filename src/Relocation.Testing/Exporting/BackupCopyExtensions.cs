using Relocation.Testing.Exporting;

namespace Relocation.Testing;

/// <summary>Copies backups.</summary>
public static class BackupCopyExtensions
{
    /// <summary>
    /// Copies a backup's text elsewhere, for example to compress, encrypt or decrypt it. What is no backup is refused before anything is
    /// written; an encrypted copy is compact, as exports make it.
    /// </summary>
    /// <param name="backup">The backup.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="cancellationToken">Cancels the copy; no file is left.</param>
    /// <exception cref="BackupFormatException">The backup cannot be read.</exception>
    /// <exception cref="EncryptionException">It cannot be decrypted or encrypted.</exception>
    /// <exception cref="ExportException">The destination cannot be written.</exception>
    public static Task CopyToAsync(this Backup backup, BackupDestination destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(destination);
        return BackupCopy.RunAsync(backup, destination, cancellationToken);
    }
}
