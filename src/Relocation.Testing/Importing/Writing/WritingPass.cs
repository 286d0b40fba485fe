using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Deciding;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Reading;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Importing.Triggers;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Writing;

/// <summary>The second pass over a backup, which writes the rows of records as was decided about them.</summary>
internal sealed class WritingPass(
    ImportContext context,
    ImportTransaction transaction,
    Decisions decisions,
    FiringTriggers triggers,
    KeyCounters counters,
    ImportRules rules) : IAsyncDisposable
{
    private const int ProgressInterval = 1024;

    private readonly RowSink _sink = new(transaction, context) { FiresTriggers = triggers.Fire };
    private readonly Dictionary<EntityLayout, RecordReader> _readers = [];

    /// <summary>What has read the records, one for each kind of rows.</summary>
    internal IReadOnlyCollection<RowReader> Readers => [.. _readers.Values.Select(reader => reader.Rows)];

    /// <summary>Writes all rows.</summary>
    /// <returns>How many records were read.</returns>
    internal async Task<long> WriteAsync(BackupIndex index, BackupContent content, ImportCommits commits, CancellationToken cancellationToken)
    {
        var order = RunOrder.Choose(context.Plan, index, context.Tables);
        var runs = await triggers.ArrangeAsync(order, content, cancellationToken).ConfigureAwait(false);
        var remaining = runs.CountBy(run => run.Label.Value, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var progress = new RowProgress(context.Options.Progress, runs.Sum(run => (long)run.Count));
        var begun = new HashSet<KeyTable>();
        commits.Arrange(runs);
        var cursor = new RecordCursor(content, context.Options.Limits);
        await using var closingCursor = cursor.ConfigureAwait(false);
        for (var at = 0; at < runs.Count; at++)
        {
            var run = runs[at];
            var readers = ReadersFor(run);
            if (begun.Add(readers[0].Table))
            {
                await BeginAsync(readers[0].Table, cancellationToken).ConfigureAwait(false);
            }

            await cursor.SeekAsync(run, cancellationToken).ConfigureAwait(false);
            var chunk = await WriteAsync(cursor, readers, progress, commits, at, cancellationToken).ConfigureAwait(false);
            var isLast = --remaining[run.Label.Value] == 0;
            var goesOn = at + 1 < runs.Count && runs[at + 1].Label == run.Label;
            foreach (var reader in readers)
            {
                if (isLast || (transaction.NeedsCuts && !goesOn))
                {
                    await _sink.FlushAsync(reader.Rows, cancellationToken).ConfigureAwait(false);
                }

                if (isLast)
                {
                    await _sink.OverwriteAsync(reader.Rows, cancellationToken).ConfigureAwait(false);
                    _sink.Release(reader.Rows);
                }
            }

            await commits.EndRunAsync(at, chunk, this, cancellationToken).ConfigureAwait(false);
        }

        await _sink.WriteLateAsync(cancellationToken).ConfigureAwait(false);
        await _sink.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return progress.Total;
    }

    /// <summary>Sees to it that all records read so far are in the database, and tells rules of them.</summary>
    internal async Task ArriveAsync(IReadOnlyList<ImportedChunk> chunks, CancellationToken cancellationToken)
    {
        await _sink.ArriveAsync(Readers, cancellationToken).ConfigureAwait(false);
        await RefuseDriftAsync(cancellationToken).ConfigureAwait(false);
        await triggers.CountAsync(_sink.TakeWritten, cancellationToken).ConfigureAwait(false);
        await rules.AfterChunksAsync(chunks, cancellationToken).ConfigureAwait(false);
        await context.Problems.ThrowIfAnyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on after what was written has been committed.</summary>
    internal Task GoOnAsync(CancellationToken cancellationToken) => triggers.BeginCountingAsync(cancellationToken);

    /// <summary>What has to be done after the last row, and be right before the commit.</summary>
    internal async Task FinishAsync(IReadOnlyList<KeyTable> written, CancellationToken cancellationToken)
    {
        foreach (var cuts in _readers.Values.Select(reader => reader.Cuts).OfType<CutRows>())
        {
            await CutFilling.FillAsync(cuts, context.Tables, transaction, cancellationToken).ConfigureAwait(false);
        }

        if (!rules.Any)
        {
            await transaction.VerifyForeignKeysAsync(cancellationToken).ConfigureAwait(false);
        }

        // Counters move last, as on PostgreSQL not every rollback takes them back; rules that add rows need them to have moved past ours.
        await triggers.CountAsync(_sink.TakeWritten, cancellationToken).ConfigureAwait(false);
        await counters.MoveAllAsync(written, cancellationToken).ConfigureAwait(false);
        if (rules.Any)
        {
            await rules.AfterLastRowAsync(cancellationToken).ConfigureAwait(false);
            await context.Problems.ThrowIfAnyAsync(cancellationToken).ConfigureAwait(false);
            await transaction.VerifyForeignKeysAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Refuses what is wrong with the records read so far, and fields that the options want to be refused.</summary>
    internal Task RefuseDriftAsync(CancellationToken cancellationToken)
    {
        var options = context.Options;
        if (options is { UnknownFields: not DriftPolicy.Refuse, AbsentFields: not DriftPolicy.Refuse })
        {
            return context.Problems.ThrowIfAnyAsync(cancellationToken);
        }

        foreach (var reader in Readers.OrderBy(reader => reader.Entity.Label).SelectMany(reader => reader.WithChildren))
        {
            if (options.UnknownFields == DriftPolicy.Refuse)
            {
                foreach (var (field, records, first) in reader.Drift.Unknown.OrderBy(drift => drift.Field, StringComparer.Ordinal))
                {
                    context.Problems.Add(BackupProblemKind.UnknownField, ImportErrors.UnknownField(field, records, context.Plan.Model.Name), first);
                }
            }

            if (options.AbsentFields == DriftPolicy.Refuse)
            {
                foreach (var column in reader.DefaultedColumns.Where(column => !column.Field.IsDefaultDeclared))
                {
                    context.Problems.Add(BackupProblemKind.MissingField, ImportErrors.AbsentField(column.Field, column.Defaulted), column.FirstDefaulted);
                }
            }
        }

        return context.Problems.ThrowIfAnyAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    /// <summary>What is done before the first record of a model.</summary>
    private async Task BeginAsync(KeyTable table, CancellationToken cancellationToken)
    {
        var isLate = decisions.IsLate(table);
        if (isLate || triggers.Fire)
        {
            await _sink.ArriveAsync(Readers, cancellationToken).ConfigureAwait(false);
        }

        if (isLate)
        {
            await decisions.DecideLateAsync(table, cancellationToken).ConfigureAwait(false);
        }

        if (triggers.Fire)
        {
            await triggers.KeepOffKeysAsync(table, isLate, counters, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the records of a run.</summary>
    /// <returns>Those that no chunk has ended with yet.</returns>
    private async Task<ImportedChunk> WriteAsync(
        RecordCursor cursor, RecordReader[] readers, RowProgress progress, ImportCommits commits, int run, CancellationToken cancellationToken)
    {
        var reader = readers[0];
        var table = reader.Table;
        foreach (var each in table.TracksWritten && readers.Length > 1 ? readers : [])
        {
            await _sink.FlushAsync(each.Rows, cancellationToken).ConfigureAwait(false);
        }

        var batch = table.Taken == 0 ? null : await _sink.BatchForAsync(reader.Rows, cancellationToken).ConfigureAwait(false);
        var untilReport = ProgressInterval;
        var chunkSize = commits.MostRecords(run);
        var (first, read) = (0, 0);
        while (await cursor.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (read == chunkSize)
            {
                var chunk = new ImportedChunk(table.Entity.Label, first + 1, first + read);
                await commits.EndChunkAsync(chunk, this, cancellationToken).ConfigureAwait(false);
                read = 0;
            }

            first = read++ == 0 ? cursor.Rank : first;
            var state = table.StateOf(cursor.Rank);
            if (readers.Length > 1 && readers[table.TypeOf(cursor.Rank)] is var other && other != reader)
            {
                if (table.TracksWritten)
                {
                    // The next record may refer to one of these, which its triggers are to see.
                    await _sink.FlushAsync(reader.Rows, cancellationToken).ConfigureAwait(false);
                }

                reader = other;
                batch = table.Taken == 0 ? null : await _sink.BatchForAsync(reader.Rows, cancellationToken).ConfigureAwait(false);
            }

            if (state == RecordState.Taken)
            {
                reader.Read(cursor, batch!);
                table.MarkWritten(cursor.Rank);
                if (batch!.IsFull || reader.HoldsEnough)
                {
                    await _sink.FlushAsync(reader.Rows, cancellationToken).ConfigureAwait(false);
                }
            }
            else if (state == RecordState.Existing)
            {
                reader.CountKept(cursor);
                context.Seeds.Compare(table, cursor.Rank, cursor.Fields);
            }
            else if (state == RecordState.Overwritten)
            {
                var overwriting = _sink.OverwritingBatchFor(reader.Rows);
                reader.ReadOver(cursor, overwriting);
                if (overwriting.IsFull || reader.HoldsEnough)
                {
                    await _sink.OverwriteAsync(reader.Rows, cancellationToken).ConfigureAwait(false);
                }
            }

            if (--untilReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Add(ProgressInterval, table.Entity.Label);
                untilReport = ProgressInterval;
            }
        }

        progress.Add(ProgressInterval - untilReport, table.Entity.Label);
        return new ImportedChunk(table.Entity.Label, first + 1, first + read);
    }

    /// <summary>The reader of a model's records, or one for each type of a hierarchy.</summary>
    private RecordReader[] ReadersFor(RecordRun run)
    {
        var table = context.Tables.Find(run.Label)!;
        var layouts = context.Layouts.Of(table.Entity);
        var readers = new RecordReader[layouts.Count];
        for (var i = 0; i < readers.Length; i++)
        {
            if (!_readers.TryGetValue(layouts[i], out var reader))
            {
                reader = new RecordReader(table, layouts[i], context, transaction.NeedsCuts ? LateReferences(table.Entity) : []);
                _readers.Add(layouts[i], reader);
            }

            readers[i] = reader;
        }

        return readers;
    }

    /// <summary>The references that are filled in, or whose rows are written, at the end.</summary>
    private List<RelocationReference> LateReferences(RelocationEntity entity) =>
    [
        .. context.Plan.Find(entity.Label)!.Cuts.Where(cut => cut.Kind is CutKind.FilledInLater or CutKind.WrittenLater).Select(cut => cut.Reference),
        .. entity.LinkReferences(),
    ];
}
