using Relocation.Testing.Backups;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>Reads any records of an indexed backup; those that follow each other without seeking.</summary>
internal sealed class PlacedReader(BackupContent content, BackupLimits limits, int blockSize) : IAsyncDisposable
{
    private readonly RecordCursor _cursor = new(content, limits, blockSize);
    private ModelRecords? _records;
    private int _rank;
    private int _end;

    /// <summary>The raw JSON of the record's fields; valid until the next record is read.</summary>
    internal ReadOnlySpan<byte> Fields => _cursor.Fields;

    /// <summary>Goes to a record.</summary>
    /// <param name="records">Its model's records.</param>
    /// <param name="rank">Its position among them in the file, from 0.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="BackupFormatException">The backup changed since it was indexed, or reading failed.</exception>
    internal async ValueTask MoveToAsync(ModelRecords records, int rank, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(records, _records) || rank != _rank + 1 || rank >= _end)
        {
            var run = records.RunOf(rank);
            var skipped = rank - run.FirstRank;
            var offset = records.OffsetOf(rank);
            var rest = run with
            {
                FirstIndex = run.FirstIndex + skipped,
                FirstRank = rank,
                Count = run.Count - skipped,
                Offset = offset,
                Length = run.Offset + run.Length - offset,
            };
            await _cursor.SeekAsync(rest, cancellationToken).ConfigureAwait(false);
            (_records, _end) = (records, run.FirstRank + run.Count);
        }

        _rank = rank;
        await _cursor.ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _cursor.DisposeAsync();
}
