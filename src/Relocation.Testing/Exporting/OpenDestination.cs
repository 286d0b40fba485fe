using System.IO.Compression;
using Relocation.Testing.Encryption;

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
        _target = target;
        _tarball = tarball;
        var stream = tarball?.Content ?? target;
        _compressing = destination.IsCompressed ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : null;
        Stream = new RefusingStream(_compressing ?? stream, destination.Name);
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
            await _file.CompleteAsync().ConfigureAwait(false);
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
