using Relocation.Testing.Backups;
using Relocation.Testing.Sanitizing;

namespace Relocation.Testing;

/// <summary>Replaces what a backup tells about anybody, and keeps its shape: references, unique values and the order of dates (import specification, section 9).</summary>
/// <remarks>
/// The backup is read twice and written once; memory holds keys, places and hashes, a few dozen bytes each, and every different date, but no
/// records. Whether anything is left is found by <see cref="LeakAudit"/>.
/// </remarks>
public static class BackupSanitizer
{
    /// <summary>Writes the sanitised form of a backup. A file appears whole or not at all.</summary>
    /// <param name="backup">The original.</param>
    /// <param name="destination">Where it is written.</param>
    /// <param name="options">What to go by.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="BackupFormatException">The original is no backup, or cannot be read.</exception>
    /// <exception cref="SanitizeException">A value is not what its rule replaces.</exception>
    /// <exception cref="ExportException">The destination cannot be written.</exception>
    /// <exception cref="ArgumentException">A rule names a field that its model does not have.</exception>
    public static async Task<SanitizeResult> SanitizeAsync(
        Backup backup, BackupDestination destination, SanitizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(options);
        var run = new SanitizeRun(options);
        var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var target = await destination.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                var result = await run.RunAsync(content, target.Stream, cancellationToken).ConfigureAwait(false);
                await target.CompleteAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
        }
    }
}
