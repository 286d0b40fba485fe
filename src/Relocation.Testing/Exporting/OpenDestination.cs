using System.IO.Compression;
using Relocation.Testing.Files;

namespace Relocation.Testing.Exporting;

/// <summary>A destination while one backup is written to it.</summary>
internal sealed class OpenDestination : IAsyncDisposable
{
    private readonly TargetFile? _file;
    private readonly Stream _target;
    private readonly BackupEnvelope? _envelope;
    private readonly Stream? _content;
    private readonly GZipStream? _compressing;

    private OpenDestination(BackupDestination destination, TargetFile? file, RefusingStream target, Stream? content)
    {
        _file = file;
        _target = target;
        _envelope = destination.Envelope;
        _content = content;
        _compressing = destination.IsCompressed ? new GZipStream(_target, CompressionLevel.Optimal, leaveOpen: true) : null;
        Stream = _compressing ?? (content is null ? _target : new RefusingStream(content, destination.Name));
    }

    /// <summary>Takes the backup's text.</summary>
    internal Stream Stream { get; }

    internal static async Task<OpenDestination> OpenAsync(
        BackupDestination destination, TargetFile? file, Stream target, CancellationToken cancellationToken)
    {
        var refusing = new RefusingStream(target, destination.Name);
        var content = destination.Envelope is { } envelope ? await envelope.BeginAsync(refusing, cancellationToken).ConfigureAwait(false) : null;
        return new OpenDestination(destination, file, refusing, content);
    }

    /// <summary>Completes the backup; a file takes its name.</summary>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_compressing is not null)
        {
            await _compressing.DisposeAsync().ConfigureAwait(false);
        }

        if (_content is not null)
        {
            await _envelope!.CompleteAsync(_content, cancellationToken).ConfigureAwait(false);
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
        if (_content is not null)
        {
            await _content.DisposeAsync().ConfigureAwait(false);
        }

        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
