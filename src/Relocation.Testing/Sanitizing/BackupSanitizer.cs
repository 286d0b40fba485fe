using System.IO.Compression;
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
    private const string Gzip = ".gz";

    /// <summary>Writes the sanitised backup to a stream. When it fails, the stream holds a part that is no backup.</summary>
    /// <param name="backup">The original.</param>
    /// <param name="stream">Takes UTF-8 text; it stays open.</param>
    /// <param name="options">What to go by.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="BackupFormatException">The original is no backup, or cannot be read.</exception>
    /// <exception cref="SanitizeException">A value is not what its rule replaces.</exception>
    /// <exception cref="ArgumentException">A rule names a field that its model does not have.</exception>
    public static async Task<SanitizeResult> SanitizeAsync(
        Backup backup, Stream stream, SanitizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        var run = new SanitizeRun(options);
        var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            return await run.RunAsync(content, stream, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the sanitised backup to a file, whole or not at all: the file takes its name when it is complete.</summary>
    /// <param name="backup">The original.</param>
    /// <param name="path">The file's path; it is compressed by gzip when its name ends with <c>.gz</c>. A file of that name is replaced.</param>
    /// <param name="options">What to go by.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="BackupFormatException">The original is no backup, or cannot be read.</exception>
    /// <exception cref="SanitizeException">A value is not what its rule replaces.</exception>
    /// <exception cref="ArgumentException">A rule names a field that its model does not have.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<SanitizeResult> SanitizeFileAsync(
        Backup backup, string path, SanitizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        var partial = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.part");
        try
        {
            var result = await WriteAsync(backup, partial, path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase), options, cancellationToken)
                .ConfigureAwait(false);
            File.Move(partial, target, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<SanitizeResult> WriteAsync(
        Backup backup, string path, bool isCompressed, SanitizeOptions options, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            if (!isCompressed)
            {
                return await SanitizeAsync(backup, file, options, cancellationToken).ConfigureAwait(false);
            }

            var gzip = new GZipStream(file, CompressionLevel.Optimal);
            await using (gzip.ConfigureAwait(false))
            {
                return await SanitizeAsync(backup, gzip, options, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
