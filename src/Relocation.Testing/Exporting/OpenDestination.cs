using System.IO.Compression;
using Relocation.Testing.Encryption;
using Relocation.Testing.Files;

namespace Relocation.Testing.Exporting;

/// <summary>A destination while one backup is written to it.</summary>
internal sealed class OpenDestination : IAsyncDisposable
{
    private readonly TargetFile? _file;
    private readonly Stream _target;
    private readonly TarballWriter? _tarball;
    private readonly GZipStream? _compressing;

    private OpenDestination(BackupDestination destination, TargetFile? file, Stream target, TarballWriter? tarball)
    {
        _file = file;
        _target = new RefusingStream(target, destination.Name);
        _tarball = tarball;
        _compressing = destination.IsCompressed ? new GZipStream(_target, CompressionLevel.Optimal, leaveOpen: true) : null;
        Stream = _compressing ?? (tarball is null ? _target : new RefusingStream(tarball.Content, destination.Name));
    }

    /// <summary>Takes the backup's text.</summary>
    internal Stream Stream { get; }

    internal static async Task<OpenDestination> OpenAsync(
        BackupDestination destination, TargetFile? file, Stream target, BackupEncryptor? encryptor, CancellationToken cancellationToken)
    {
        var tarball = encryptor is null ? null : await TarballWriter.CreateAsync(encryptor, cancellationToken).ConfigureAwait(false);
        return new OpenDestination(destination, file, target, tarball);
    }

    /// <summary>Completes the backup; a file takes its name.</summary>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_compressing is not null)
        {
            await _compressing.DisposeAsync().ConfigureAwait(false);
        }

        if (_tarball is not null)
        {
            await _tarball.WriteToAsync(_target, cancellationToken).ConfigureAwait(false);
        }

        await _target.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (_file is not null)
        {
            try
            {
                await _file.CompleteAsync().ConfigureAwait(false);
            }
            catch (TargetFileException exception)
            {
                throw new ExportException(exception.Message, exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_tarball is not null)
        {
            await _tarball.DisposeAsync().ConfigureAwait(false);
        }

        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
