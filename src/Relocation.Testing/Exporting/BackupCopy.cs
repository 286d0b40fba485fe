using System.Buffers;
using Relocation.Testing.Backups;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>Copies the text of a backup.</summary>
internal static class BackupCopy
{
    private const int PieceLength = 64 * 1024;

    internal static async Task RunAsync(Backup backup, BackupDestination destination, CancellationToken cancellationToken)
    {
        var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
        await using var closing = content.ConfigureAwait(false);
        await BackupIndexer.IndexAsync(content, null, null, BackupLimits.Default, includeValues: false, null, cancellationToken).ConfigureAwait(false);
        var target = await destination.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closingTarget = target.ConfigureAwait(false);
        var stream = await content.OpenReadAsync(0, cancellationToken).ConfigureAwait(false);
        await using var closingStream = stream.ConfigureAwait(false);
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            var spaces = destination.Envelope is not null ? new SpaceRemoval() : null;
            for (var read = 1; read > 0;)
            {
                read = await content.ReadAsync(stream, piece, cancellationToken).ConfigureAwait(false);
                var length = spaces?.Apply(piece.AsSpan(0, read)) ?? read;
                await target.Stream.WriteAsync(piece.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            }

            content.ThrowIfChanged();
            await target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece, clearArray: true);
        }
    }
}
