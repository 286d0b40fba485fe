using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Collisions;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Reading;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Importing.Triggers;
using Relocation.Testing.Modeling;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Writing;

/// <summary>Collects rows per table and hands them to the database in batches; one writer is open at a time.</summary>
internal sealed class RowSink(ImportTransaction transaction, ImportContext context) : IAsyncDisposable
{
    /// <summary>How many rows are collected at once when they are only checked.</summary>
    private const int UnwrittenRows = 128;

    /// <summary>How many rows are collected where they are divided among several tables, since every turn opens new writers.</summary>
    private const int RowsToSplit = 1_024;

    /// <summary>How many rows are written over others at once.</summary>
    private const int OverwrittenRows = 1_000;

    private readonly Dictionary<RelocationEntity, RowBatch> _pending = [];
    private readonly Dictionary<RelocationEntity, RowBatch> _overwriting = [];
    private readonly Dictionary<EntityLayout, RowSplitter> _splitters = [];
    private readonly List<List<WaitingRows>> _late = [];
    private Dictionary<Table, long> _written = [];
    private RowWriter? _writer;
    private ArrivalCheck? _arrivals;
    private IReadOnlyList<RelocationField>? _columns;
    private Table? _table;
    private RowReader? _reader;

    /// <summary>Whether the database has refused something, after which it may answer nothing more.</summary>
    private bool _isRefused;

    /// <summary>Whether triggers fire while rows are written.</summary>
    internal bool FiresTriggers { get; init; }

    /// <summary>How many rows each table has got since this was asked last.</summary>
    internal IReadOnlyDictionary<Table, long> TakeWritten()
    {
        var written = _written;
        _written = [];
        return written;
    }

    /// <summary>The batch that takes the model's next row; it is not full.</summary>
    internal async ValueTask<RowBatch> BatchForAsync(RowReader reader, CancellationToken cancellationToken)
    {
        if (!_pending.TryGetValue(reader.Entity, out var batch))
        {
            var capacity = RowsToSplit;
            if (!reader.Layout.IsSplit && reader.Children.Length == 0)
            {
                // Without a writer nothing will be written; records are still read, for what else is wrong with them.
                var writer = await WriterForAsync(reader, reader.Layout.Parts[0].Table, reader.Columns, cancellationToken).ConfigureAwait(false);
                capacity = writer?.BatchCapacity ?? UnwrittenRows;
            }

            batch = new RowBatch(reader.Columns, Math.Clamp(context.Options.ChunkSize, 1, capacity));
            _pending.Add(reader.Entity, batch);
        }

        return batch;
    }

    /// <summary>Writes the rows collected for a model.</summary>
    internal async ValueTask FlushAsync(RowReader reader, CancellationToken cancellationToken)
    {
        if (!_pending.TryGetValue(reader.Entity, out var batch) || batch.Count == 0)
        {
            return;
        }

        await WriteRowsAsync(reader, batch, cancellationToken).ConfigureAwait(false);
        batch.Clear();
        await FlushChildrenAsync(reader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the rows of members that had to wait for the end.</summary>
    internal async ValueTask WriteLateAsync(CancellationToken cancellationToken)
    {
        foreach (var together in _late)
        {
            together.ForEach(waiting => waiting.Rows.Restore(waiting));
            foreach (var waiting in together)
            {
                await WriteChildAsync(waiting.Rows, cancellationToken).ConfigureAwait(false);
            }
        }

        _late.Clear();
    }

    private async ValueTask WriteRowsAsync(RowReader reader, RowBatch rows, CancellationToken cancellationToken)
    {
        if (!reader.Layout.IsSplit)
        {
            await WriteAsync(reader, reader.Layout.Parts[0].Table, reader.Columns, rows, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var (table, columns, part) in Parts(reader, rows))
        {
            await WriteAsync(reader, table, columns, part, cancellationToken).ConfigureAwait(false);
            if (part != rows)
            {
                part.Dispose();
            }
        }
    }

    private IEnumerable<(Table Table, RelocationField[] Columns, RowBatch Rows)> Parts(RowReader reader, RowBatch rows)
    {
        if (!_splitters.TryGetValue(reader.Layout, out var splitter))
        {
            splitter = new RowSplitter(reader.Layout);
            _splitters.Add(reader.Layout, splitter);
        }

        return splitter.Split(rows);
    }

    private async ValueTask FlushChildrenAsync(RowReader reader, CancellationToken cancellationToken)
    {
        var late = new List<WaitingRows>();
        await FlushChildrenAsync(reader, isLate: false, late, cancellationToken).ConfigureAwait(false);
        if (late.Count > 0)
        {
            _late.Add(late);
        }
    }

    private async ValueTask FlushChildrenAsync(RowReader reader, bool isLate, List<WaitingRows> late, CancellationToken cancellationToken)
    {
        foreach (var child in reader.Children)
        {
            var waits = isLate || child.IsLate;
            await ReplaceAsync(child, cancellationToken).ConfigureAwait(false);
            if (waits && child.Count > 0)
            {
                late.Add(child.Take());
            }

            await WriteChildAsync(child, cancellationToken).ConfigureAwait(false);
            await FlushChildrenAsync(child.Reader, waits, late, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteChildAsync(ChildRows child, CancellationToken cancellationToken)
    {
        if (child.Checks.Count > 0 && child.Count > 0)
        {
            await CompleteAsync(cancellationToken).ConfigureAwait(false);
            if (!_isRefused)
            {
                var collisions = new ChildCollisions(child, transaction, context);
                await TryAsync(child.Reader, child.Reader.Layout.Parts[0].Table, () => collisions.DecideAsync(cancellationToken)).ConfigureAwait(false);
            }
        }

        foreach (var rows in child.Batches)
        {
            await WriteRowsAsync(child.Reader, rows, cancellationToken).ConfigureAwait(false);
        }

        child.Clear();
    }

    /// <summary>Deletes the rows that others take the place of.</summary>
    private async ValueTask ReplaceAsync(ChildRows child, CancellationToken cancellationToken)
    {
        if (child.Replaced.Count > 0)
        {
            await CompleteAsync(cancellationToken).ConfigureAwait(false);
            if (context.Problems.Count == 0)
            {
                // An import that only reads again asks what it asked before, and deletes nothing.
                await TryAsync(
                    child.Reader,
                    child.Reader.Layout.Parts[0].Table,
                    () => ChildReplacement.DeleteAsync(child.Layout, child.Replaced, transaction, cancellationToken)).ConfigureAwait(false);
            }

            child.Replaced.Clear();
        }
    }

    private async ValueTask WriteAsync(
        RowReader reader, Table table, IReadOnlyList<RelocationField> columns, RowBatch rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0
            && await WriterForAsync(reader, table, columns, cancellationToken).ConfigureAwait(false) is { } writer)
        {
            try
            {
                _arrivals?.Add(rows);
                await writer.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_written, table, out _) += rows.Count;
            }
            catch (RowRefusedException refusal)
            {
                Report(reader, table, refusal);
            }

            if (_arrivals is { IsFull: true })
            {
                await CompleteAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The batch that takes the model's next row that is written over another; it is not full.</summary>
    internal RowBatch OverwritingBatchFor(RowReader reader)
    {
        if (!_overwriting.TryGetValue(reader.Entity, out var batch))
        {
            batch = new RowBatch(reader.Columns, Math.Clamp(context.Options.ChunkSize, 1, OverwrittenRows));
            _overwriting.Add(reader.Entity, batch);
        }

        return batch;
    }

    /// <summary>Writes a model's collected rows over those that are there, after all rows before them have arrived.</summary>
    internal async ValueTask OverwriteAsync(RowReader reader, CancellationToken cancellationToken)
    {
        if (!_overwriting.TryGetValue(reader.Entity, out var batch) || batch.Count == 0)
        {
            return;
        }

        await FlushAsync(reader, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (context.Problems.Count == 0)
        {
            foreach (var (table, _, rows) in Parts(reader, batch).TakeWhile(_ => !_isRefused))
            {
                await TryAsync(reader, table, () => transaction.OverwriteAsync(table, rows, cancellationToken)).ConfigureAwait(false);
                if (rows != batch)
                {
                    rows.Dispose();
                }
            }
        }

        batch.Clear();
        await FlushChildrenAsync(reader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sees to it that all rows read so far are in the database.</summary>
    internal async ValueTask ArriveAsync(IEnumerable<RowReader> readers, CancellationToken cancellationToken)
    {
        foreach (var reader in readers)
        {
            await FlushAsync(reader, cancellationToken).ConfigureAwait(false);
            await OverwriteAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        await CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a model whose last record has been read, so that its memory can go.</summary>
    internal void Release(RowReader reader)
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

        var (writer, arrivals) = (_writer, _arrivals);
        (_writer, _arrivals) = (null, null);
        try
        {
            if (context.Problems.Count == 0)
            {
                await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
                await (arrivals?.VerifyAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            }
        }
        catch (RowRefusedException refusal)
        {
            Report(_reader!, _table!, refusal);
        }
        finally
        {
            arrivals?.Dispose();
            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var batch in _pending.Values.Concat(_overwriting.Values).Concat(_late.SelectMany(late => late).SelectMany(waiting => waiting.Batches)))
        {
            batch.Dispose();
        }

        _arrivals?.Dispose();
        if (_writer is not null)
        {
            await _writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The writer for a model, or null once there are problems: a refusal may have ended the transaction.</summary>
    private async ValueTask<RowWriter?> WriterForAsync(
        RowReader reader, Table table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken)
    {
        if (context.Problems.Count > 0 || (_writer is not null && _reader == reader && _columns == columns))
        {
            return context.Problems.Count > 0 ? null : _writer;
        }

        await CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (context.Problems.Count > 0)
        {
            return null;
        }

        _reader = reader;
        _table = table;
        _columns = columns;
        try
        {
            _arrivals = await ArrivalCheck.BeginAsync(transaction, table, columns, cancellationToken).ConfigureAwait(false);
            _writer = await transaction.OpenWriterAsync(table, columns, cancellationToken).ConfigureAwait(false);
        }
        catch (RowRefusedException refusal)
        {
            Report(reader, table, refusal);
        }

        return _writer;
    }

    /// <summary>Asks something of the database, and notes what it refuses.</summary>
    private async ValueTask TryAsync(RowReader reader, Table table, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (RowRefusedException refusal)
        {
            Report(reader, table, refusal);
        }
    }

    /// <param name="reader">What has read the records.</param>
    /// <param name="table">The table that was written to: one of several, where rows are divided.</param>
    /// <param name="refusal">What the database said.</param>
    private void Report(RowReader reader, Table table, RowRefusedException refusal)
    {
        _isRefused = true;
        var entity = reader.Table.Entity;
        var records = reader.Table.Records;
        var place = refusal.Rank is { } rank
            ? records.PlaceOf(rank, context.Problems.Shown(records.Keys[rank])) with { Rank = rank }
            : new PlaceRequest(records.OffsetOf(0), string.Empty, entity.Label, null);
        context.Problems.Add(
            BackupProblemKind.RowRefused,
            ImportErrors.RowRefused(refusal.Table ?? table.Name, refusal) + (FiresTriggers && refusal.Kind == RefusalKind.Unique ? TriggerErrors.MadeByTrigger() : string.Empty),
            place,
            refusal.InnerException);
    }
}
