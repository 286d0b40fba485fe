using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Collects rows per table and hands them to the database in batches; one writer is open at a time.</summary>
internal sealed class RowSink(ImportTransaction transaction, ImportContext context) : IAsyncDisposable
{
    /// <summary>How many rows are collected at once when they are only checked.</summary>
    private const int UnwrittenRows = 128;

    /// <summary>How many rows are written over others at once.</summary>
    private const int OverwrittenRows = 1_000;

    private readonly Dictionary<RelocationEntity, RowBatch> _pending = [];
    private readonly Dictionary<RelocationEntity, RowBatch> _overwriting = [];
    private RowWriter? _writer;
    private RelocationEntity? _entity;

    /// <summary>The batch that takes the model's next row; it is not full.</summary>
    internal async ValueTask<RowBatch> BatchForAsync(RecordReader reader, CancellationToken cancellationToken)
    {
        if (!_pending.TryGetValue(reader.Entity, out var batch))
        {
            // Without a writer nothing will be written; records are still read, for what else is wrong with them.
            var writer = await WriterForAsync(reader, cancellationToken).ConfigureAwait(false);
            batch = new RowBatch(reader.Columns, Math.Clamp(context.Options.ChunkSize, 1, writer?.BatchCapacity ?? UnwrittenRows));
            _pending.Add(reader.Entity, batch);
        }

        return batch;
    }

    /// <summary>Writes the rows collected for a model.</summary>
    internal async ValueTask FlushAsync(RecordReader reader, CancellationToken cancellationToken)
    {
        if (!_pending.TryGetValue(reader.Entity, out var batch) || batch.Count == 0)
        {
            return;
        }

        if (await WriterForAsync(reader, cancellationToken).ConfigureAwait(false) is { } writer)
        {
            try
            {
                await writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
            catch (RowRefusedException refusal)
            {
                Report(reader.Entity, refusal);
            }
        }

        batch.Clear();
    }

    /// <summary>The batch that takes the model's next row that is written over another; it is not full.</summary>
    internal RowBatch OverwritingBatchFor(RecordReader reader)
    {
        if (!_overwriting.TryGetValue(reader.Entity, out var batch))
        {
            batch = new RowBatch(reader.Columns, Math.Clamp(context.Options.ChunkSize, 1, OverwrittenRows));
            _overwriting.Add(reader.Entity, batch);
        }

        return batch;
    }

    /// <summary>Writes a model's collected rows over those that are there, after all rows before them have arrived.</summary>
    internal async ValueTask OverwriteAsync(RecordReader reader, CancellationToken cancellationToken)
    {
        if (!_overwriting.TryGetValue(reader.Entity, out var batch) || batch.Count == 0)
        {
            return;
        }

        await FlushAsync(reader, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (context.Problems.Count == 0)
        {
            try
            {
                await transaction.OverwriteAsync(reader.Entity, batch, cancellationToken).ConfigureAwait(false);
            }
            catch (RowRefusedException refusal)
            {
                Report(reader.Entity, refusal);
            }
        }

        batch.Clear();
    }

    /// <summary>Sees to it that all rows read so far are in the database.</summary>
    internal async ValueTask ArriveAsync(IEnumerable<RecordReader> readers, CancellationToken cancellationToken)
    {
        foreach (var reader in readers)
        {
            await FlushAsync(reader, cancellationToken).ConfigureAwait(false);
            await OverwriteAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        await CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a model whose last record has been read, so that its memory can go.</summary>
    internal void Release(RecordReader reader)
    {
        if (_pending.Remove(reader.Entity, out var batch))
        {
            batch.Dispose();
        }

        if (_overwriting.Remove(reader.Entity, out var overwriting))
        {
            overwriting.Dispose();
        }
    }

    /// <summary>Makes sure that all rows have arrived.</summary>
    internal async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            return;
        }

        var writer = _writer;
        _writer = null;
        try
        {
            if (context.Problems.Count == 0)
            {
                await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (RowRefusedException refusal)
        {
            Report(_entity!, refusal);
        }
        finally
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var batch in _pending.Values.Concat(_overwriting.Values))
        {
            batch.Dispose();
        }

        if (_writer is not null)
        {
            await _writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The writer for a model, or null once there are problems: a refusal may have ended the transaction.</summary>
    private async ValueTask<RowWriter?> WriterForAsync(RecordReader reader, CancellationToken cancellationToken)
    {
        if (context.Problems.Count > 0 || (_writer is not null && _entity == reader.Entity))
        {
            return context.Problems.Count > 0 ? null : _writer;
        }

        await CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (context.Problems.Count > 0)
        {
            return null;
        }

        _entity = reader.Entity;
        try
        {
            _writer = await transaction.OpenWriterAsync(reader.Entity, reader.Columns, cancellationToken).ConfigureAwait(false);
        }
        catch (RowRefusedException refusal)
        {
            Report(reader.Entity, refusal);
        }

        return _writer;
    }

    private void Report(RelocationEntity entity, RowRefusedException refusal)
    {
        var records = context.Tables[entity].Records;
        var place = refusal.Rank is { } rank
            ? new PlaceRequest(records.OffsetOf(rank), $"/{records.ArrayIndexOf(rank)}", entity.Label, context.Problems.Shown(records.Keys[rank]), rank)
            : new PlaceRequest(records.OffsetOf(0), string.Empty, entity.Label, null);
        context.Problems.Add(
            BackupProblemKind.RowRefused, Errors.RowRefused(entity.Table, refusal), place, refusal.InnerException);
    }
}
