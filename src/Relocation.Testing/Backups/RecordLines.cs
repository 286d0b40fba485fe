namespace Relocation.Testing.Backups;

/// <summary>Where every record of a backup stands: eight bytes a record, besides what the index knows.</summary>
internal sealed class RecordLines
{
    private const int BlockSize = 64 * 1024;

    private readonly string _backup;
    private readonly Dictionary<ModelLabel, (ModelRecords Records, (int Line, int Column)[] Places)> _models = [];

    private RecordLines(string backup) => _backup = backup;

    /// <summary>Counts lines in one pass over the text.</summary>
    internal static async Task<RecordLines> CountAsync(BackupContent content, BackupIndex index, CancellationToken cancellationToken)
    {
        var lines = new RecordLines(content.Name);
        foreach (var records in index.Models)
        {
            lines._models.Add(records.Label, (records, new (int, int)[records.Count]));
        }

        var stream = await content.OpenReadAsync(0, cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        var block = new byte[BlockSize];
        var (start, length, done, line, lineStart) = (0L, 0, 0, 1, 0L);
        foreach (var run in index.Runs)
        {
            var (records, places) = lines._models[run.Label];
            for (var rank = run.FirstRank; rank < run.FirstRank + run.Count; rank++)
            {
                var offset = records.OffsetOf(rank);
                while (offset >= start + length)
                {
                    Count(block.AsSpan(done, length - done), start + done, ref line, ref lineStart);
                    start += length;
                    done = 0;
                    length = await content.ReadAsync(stream, block, cancellationToken).ConfigureAwait(false);
                }

                var until = (int)(offset - start);
                Count(block.AsSpan(done, until - done), start + done, ref line, ref lineStart);
                done = until;
                places[rank] = (line, (int)Math.Min(offset - lineStart + 1, int.MaxValue));
            }
        }

        return lines;
    }

    internal RecordPlace? PlaceOf(ModelLabel model, RecordKey oldKey)
    {
        if (!_models.TryGetValue(model, out var found))
        {
            return null;
        }

        for (var rank = 0; rank < found.Records.Count; rank++)
        {
            if (found.Records.Keys[rank] == oldKey)
            {
                return new RecordPlace
                {
                    Backup = _backup,
                    Line = found.Places[rank].Line,
                    Column = found.Places[rank].Column,
                    Pointer = $"/{found.Records.ArrayIndexOf(rank)}",
                };
            }
        }

        return null;
    }

    /// <summary>Counts the lines of a backup that was imported before.</summary>
    internal static async Task<RecordLines> OfAsync(
        Backup backup, IKnownLabels known, BackupLimits limits, CancellationToken cancellationToken)
    {
        var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
        await using var closing = content.ConfigureAwait(false);
        var index = await BackupIndexer.IndexAsync(
            content, known, observers: null, limits, includeValues: false, null, cancellationToken).ConfigureAwait(false);
        return await CountAsync(content, index, cancellationToken).ConfigureAwait(false);
    }

    private static void Count(ReadOnlySpan<byte> text, long offset, ref int line, ref long lineStart)
    {
        var last = text.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            line += text[..(last + 1)].Count((byte)'\n');
            lineStart = offset + last + 1;
        }
    }
}
