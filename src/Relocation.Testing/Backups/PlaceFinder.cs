namespace Relocation.Testing.Backups;

/// <summary>Turns offsets into lines and columns, in one pass for all of them. Only places that are reported are worked out.</summary>
internal static class PlaceFinder
{
    private const int BlockSize = 64 * 1024;

    /// <summary>Finds places.</summary>
    /// <param name="content">The backup's content.</param>
    /// <param name="requests">What is asked for, in any order.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>A place for each request, in their order.</returns>
    internal static async Task<IReadOnlyList<RecordPlace>> FindAsync(
        BackupContent content, IReadOnlyList<PlaceRequest> requests, CancellationToken cancellationToken)
    {
        if (requests.Count == 0)
        {
            return [];
        }

        var places = new RecordPlace[requests.Count];
        var inOrder = new Queue<int>(Enumerable.Range(0, requests.Count).OrderBy(index => requests[index].Offset));

        var stream = await content.OpenReadAsync(0, cancellationToken).ConfigureAwait(false);
        await using var lease = stream.ConfigureAwait(false);
        var block = new byte[BlockSize];
        var (start, line, lineStart) = (0L, 1L, 0L);
        while (inOrder.Count > 0)
        {
            var length = await content.ReadAsync(stream, block, cancellationToken).ConfigureAwait(false);
            var done = 0;
            // At the end of the text, all places that are left are there.
            while (inOrder.TryPeek(out var index) && (requests[index].Offset < start + length || length == 0))
            {
                var until = length == 0 ? 0 : (int)(requests[index].Offset - start);
                CountLines(block.AsSpan(done, until - done), start + done, ref line, ref lineStart);
                done = until;
                places[inOrder.Dequeue()] = PlaceOf(content.Name, requests[index], line, lineStart);
            }

            CountLines(block.AsSpan(done, length - done), start + done, ref line, ref lineStart);
            start += length;
        }

        return places;
    }

    private static RecordPlace PlaceOf(string backup, PlaceRequest request, long line, long lineStart) => new()
    {
        Backup = backup,
        Line = line,
        Column = request.Offset - lineStart + 1,
        Pointer = request.Pointer,
        Model = request.Model,
        Key = request.Key,
        Ordinal = request.Rank + 1,
    };

    private static void CountLines(ReadOnlySpan<byte> text, long offset, ref long line, ref long lineStart)
    {
        var last = text.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            line += text[..(last + 1)].Count((byte)'\n');
            lineStart = offset + last + 1;
        }
    }
}
