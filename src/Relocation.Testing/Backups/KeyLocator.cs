using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>Finds where keys stand: an index keeps the places of records only.</summary>
internal static class KeyLocator
{
    /// <summary>Moves places from their records' first bytes to their keys'.</summary>
    /// <param name="content">The backup's content.</param>
    /// <param name="records">Places of whole records.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The places of the keys, in the same order.</returns>
    internal static async Task<PlaceRequest[]> LocateAsync(
        BackupContent content, IReadOnlyList<PlaceRequest> records, CancellationToken cancellationToken)
    {
        var keys = records.ToArray();
        var scanner = new RecordScanner(BackupLimits.Default);
        var window = new TextWindow(content, TextWindow.DefaultBlockSize);
        await using var lease = window.ConfigureAwait(false);
        foreach (var index in Enumerable.Range(0, keys.Length).OrderBy(index => keys[index].Offset))
        {
            await window.MoveToAsync(keys[index].Offset, cancellationToken).ConfigureAwait(false);
            RecordShape shape;
            while (window.Unread.IsEmpty || scanner.Scan(window.Unread, 0, out shape) == JsonScanner.NeedMore)
            {
                if (window.IsFinal)
                {
                    throw BackupErrors.BackupChanged(content.Name, null);
                }

                await window.RefillAsync(cancellationToken).ConfigureAwait(false);
            }

            keys[index] = keys[index] with { Offset = keys[index].Offset + shape.KeyStart, Pointer = keys[index].Pointer + "/pk" };
        }

        return keys;
    }
}
