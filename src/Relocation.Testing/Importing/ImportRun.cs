using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Relocation.Testing.Backups;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Importing;

/// <summary>One import, from the opened backup to the result.</summary>
internal sealed partial class ImportRun
{
    private const int ProgressInterval = 1024;

    private readonly ImportPlan _plan;
    private readonly DatabaseEngine _engine;
    private readonly ImportOptions _options;
    private readonly BackupContent _content;
    private readonly bool _keepsLines;
    private readonly Patience _patience;
    private readonly Problems _problems;
    private readonly Dictionary<EntityLayout, RecordReader> _readers = [];
    private readonly MemberValues _memberValues = new();
    private readonly JsonTextEvidence _jsonTexts;
    private bool _isCommitting;

    internal ImportRun(
        ImportPlan plan,
        DatabaseEngine engine,
        ImportOptions options,
        BackupContent content,
        bool keepsLines,
        Patience patience)
    {
        _plan = plan;
        _engine = engine;
        _options = options;
        _content = content;
        _keepsLines = keepsLines;
        _patience = patience;
        _problems = new Problems(options.IncludeValuesInErrors);
        _jsonTexts = new JsonTextEvidence(options.JsonTexts);
    }

    /// <summary>What has not been done when the database fails, and how things then stand.</summary>
    internal string WhatFailed() => _resumable is not null && (_isCommitting || _resumable.IsCommitting)
        ? Errors.PerhapsCommitted(_content.Name, _problems.CommittedChunks)
        : _isCommitting ? Errors.PerhapsImported(_content.Name)
        : Errors.NotImported(_content.Name, _problems.CommittedChunks);

    internal async Task<ImportResult> RunAsync(DbConnection connection, DbTransaction? outer, CancellationToken cancellationToken)
    {
        try
        {
            return await ImportAsync(connection, outer, cancellationToken).ConfigureAwait(false);
        }
        catch (RowRefusedException refusal)
        {
            // What was refused was asked for outside any one record.
            await RefuseAsync(refusal, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ImportResult> ImportAsync(DbConnection connection, DbTransaction? outer, CancellationToken cancellationToken)
    {
        if (_options.ResumeId is not null && outer is not null)
        {
            throw Errors.ResumableWithinTransaction();
        }

        if (_options.Prepare is not null && outer is not null)
        {
            throw Errors.PreparedWithinTransaction();
        }

        var clock = Stopwatch.StartNew();
        var facts = FactsRequest.For(_plan, _plan.Layouts, _options);
        using var settlement = Settlement.For(_plan, _options, _plan.Layouts);
        var index = await IndexAsync(facts, settlement, cancellationToken).ConfigureAwait(false);
        settlement?.TakeJsonTexts(_jsonTexts);
        await RefuseUnknownModelsAsync(index, cancellationToken).ConfigureAwait(false);
        LogIndexed(_options.Logger, index.RecordCount, index.Models.Count, clock.ElapsedMilliseconds);

        var tables = new KeyTables(_plan.Model, index, _options.KnownKeys);
        TypeSettlement.Settle(_plan, index, tables, facts, _problems);
        await _problems.ThrowIfAnyAsync(_content, cancellationToken).ConfigureAwait(false);
        settlement?.TakeTypes(tables);
        AlternateKeys.Build(_plan, tables, facts);
        ScopeSettlement.Settle(_plan, tables, facts, _options.Scope);
        var filters = Settlement.MayFilter(_options) ? new FilterSettlement(_plan, tables) : null;
        filters?.Settle(_options, settlement!.Values, facts);
        await RefuseNothingAsync(index, tables, cancellationToken).ConfigureAwait(false);
        var drops = new DropSettlement(tables, _problems);
        var written = _plan.Models.Select(planned => tables[planned.Entity]).Where(table => table.Taken > 0).ToList();

        var loads = TableLoads.For(written, _plan.Layouts);
        var transaction = await BeginAsync(connection, outer, loads, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await HoldTriggersBackAsync(written, transaction, cancellationToken).ConfigureAwait(false);
            UnknownColumns.Refuse(_plan.Model, transaction);
            var now = _resumable?.StartedAt ?? _options.Clock.GetUtcNow();
            var context = new ImportContext(_options, _plan.Layouts, tables, _problems, new GeneratedValues(_options.Seed, now))
            {
                MemberValues = _memberValues,
                JsonTexts = _jsonTexts,
            };
            if (settlement is not null)
            {
                settlement.Merges = _fires;
                await settlement.BeginAsync(_engine, context, drops, transaction, _resumable?.IsResumed == true, cancellationToken)
                    .ConfigureAwait(false);
            }

            await DatabaseKeys.FindAsync(_plan, tables, facts, _plan.Layouts, transaction, cancellationToken).ConfigureAwait(false);
            drops.Settle(_plan, facts, _options);
            foreach (var table in written)
            {
                await HandOutKeysAsync(table, transaction, context.Generated, cancellationToken).ConfigureAwait(false);
            }

            await TableLoads.BeginNumbersAsync(written, _plan.Layouts, context, transaction, cancellationToken).ConfigureAwait(false);

            if (settlement is not null)
            {
                await settlement.SettleAsync(facts, cancellationToken).ConfigureAwait(false);
                await _problems.ThrowIfAnyAsync(_content, cancellationToken).ConfigureAwait(false);
            }

            await EndPreparationAsync(written, transaction, settlement, cancellationToken).ConfigureAwait(false);
            await PrepareForTriggersAsync(written, transaction, settlement, cancellationToken).ConfigureAwait(false);
            var sink = new RowSink(transaction, context) { Discards = IsReplaying, FiresTriggers = _fires };
            await using var closing = sink.ConfigureAwait(false);
            var rows = await WriteAsync(index, context, sink, transaction, settlement, cancellationToken).ConfigureAwait(false);
            LogWritten(_options.Logger, rows, clock.ElapsedMilliseconds);
            _options.Progress?.Report(new ImportProgress(ImportStep.Verifying, 0, null, null));
            RefuseDrift();
            await _problems.ThrowIfAnyAsync(_content, cancellationToken).ConfigureAwait(false);

            var report = new ResultBuilder(
                _plan, _content, index, tables, _readers.Values, drops, context.DroppedElements, filters, _options.Scope, _jsonTexts, _keepsLines);
            var result = await report.BuildAsync(transaction.Enforcement, _resumable, cancellationToken).ConfigureAwait(false);
            await FinishAsync(written, context, sink, transaction, settlement, cancellationToken).ConfigureAwait(false);
            result.TriggeredRows = [.. _triggered.Keys.Order(StringComparer.Ordinal).Select(table => new TriggeredRows(table, _triggered[table]))];
            LogCommitted(_options.Logger, clock.ElapsedMilliseconds);
            return result;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Indexed {Records} records of {Models} models after {Elapsed} ms.")]
    private static partial void LogIndexed(ILogger logger, int records, int models, long elapsed);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Wrote {Rows} rows after {Elapsed} ms.")]
    private static partial void LogWritten(ILogger logger, long rows, long elapsed);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Checked foreign keys and committed after {Elapsed} ms.")]
    private static partial void LogCommitted(ILogger logger, long elapsed);

    private async Task<BackupIndex> IndexAsync(
        Dictionary<ModelLabel, FieldFacts> facts, Settlement? settlement, CancellationToken cancellationToken)
    {
        var observers = facts.ToDictionary(pair => pair.Key, pair => (RecordObserver)pair.Value);
        foreach (var (label, values) in settlement?.Values ?? new Dictionary<ModelLabel, RecordValues>())
        {
            observers[label] = observers.TryGetValue(label, out var other) ? new PairedObserver(other, values) : values;
        }

        foreach (var entity in _plan.Models.Select(planned => planned.Entity))
        {
            if (_memberValues.ObserverOf(_plan.Layouts.Of(entity), entity.OnCollision ?? _options.OnCollision) is { } values)
            {
                observers[entity.Label] = observers.TryGetValue(entity.Label, out var other) ? new PairedObserver(other, values) : values;
            }
        }

        foreach (var entity in _plan.Model.Entities)
        {
            if (JsonTextObserver.After(observers.GetValueOrDefault(entity.Label), entity, _jsonTexts) is { } observer)
            {
                observers[entity.Label] = observer;
            }
        }

        var raw = new List<(ImportRule Rule, ModelLabel Label, RawFieldValues Values)>();
        foreach (var rule in _options.Rules)
        {
            foreach (var (label, fields) in rule.RawFields)
            {
                var values = new RawFieldValues([.. fields]);
                raw.Add((rule, label, values));
                observers[label] = observers.TryGetValue(label, out var other) ? new PairedObserver(other, values) : values;
            }
        }

        var progress = _options.Progress is { } listener ? new BytesProgress(listener, _content.Length) : null;
        var index = await BackupIndexer.IndexAsync(
            _content, _plan.Model, observers, _options.Limits, _options.IncludeValuesInErrors, progress, cancellationToken)
            .ConfigureAwait(false);
        foreach (var (rule, label, values) in raw)
        {
            for (var rank = 0; index.Find(label) is { } records && rank < records.Count; rank++)
            {
                rule.Read(new RawRecord(label, records.Keys[rank], records.ArrayIndexOf(rank), values[rank]));
            }
        }

        return index;
    }

    private async Task RefuseUnknownModelsAsync(BackupIndex index, CancellationToken cancellationToken)
    {
        if (_options.UnknownModels != DriftPolicy.Refuse)
        {
            return;
        }

        foreach (var records in index.Models.Where(records => DeclaredDriftLog.IsUnknown(_plan.Model, records.Label)))
        {
            _problems.Add(
                BackupProblemKind.UnknownModel,
                Errors.UnknownModel(records.Label, records.Count, _plan.Model.Name),
                new PlaceRequest(records.OffsetOf(0), $"/{records.ArrayIndexOf(0)}", records.Label, null));
        }

        await _problems.ThrowIfAnyAsync(_content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An import that has nothing to do is refused before it makes a table or clears one.</summary>
    private Task RefuseNothingAsync(BackupIndex index, KeyTables tables, CancellationToken cancellationToken)
    {
        if (ImportFindings.WhyNothing(_plan, index, tables, _options) is { } reason)
        {
            _problems.Add(BackupProblemKind.NothingTaken, reason, new PlaceRequest(0, string.Empty, null, null));
        }

        return _problems.ThrowIfAnyAsync(_content, cancellationToken);
    }

    /// <summary>Gives every record of a model its new key, so that references can be followed in any order.</summary>
    private async Task HandOutKeysAsync(
        KeyTable table, ImportTransaction transaction, GeneratedValues generated, CancellationToken cancellationToken)
    {
        if (table.CountsUp)
        {
            foreach (var entity in _plan.Layouts.KeyTables(table.Entity))
            {
                table.Base = Math.Max(table.Base, await transaction.ReadHighWaterMarkAsync(entity, cancellationToken).ConfigureAwait(false));
            }

            return;
        }

        if (table.Entity.Key is not { Policy: KeyPolicy.Remap, Kind: RecordKeyKind.Guid })
        {
            return;
        }

        // Guids follow from the seed and the old keys; when an earlier import made the same ones, the next attempt's are taken.
        var field = table.Entity.Key.Fields[0].Name;
        var keys = new RecordKey[table.Count];
        for (var attempt = 0; attempt == 0 || await AnyTakenAsync().ConfigureAwait(false); attempt++)
        {
            for (var rank = 0; rank < keys.Length; rank++)
            {
                keys[rank] = RecordKey.From(generated.Guid(table.Entity.Label, field, table.Records.Keys[rank], attempt));
            }

            GuidOrder.Follow(table.Records.Keys, keys);
        }

        table.SetNewKeys(keys);

        async Task<bool> AnyTakenAsync() =>
            (await DatabaseKeys.FindAsync(table.Entity, keys, _plan.Layouts, transaction, cancellationToken).ConfigureAwait(false)).Count > 0;
    }

    private async Task<long> WriteAsync(
        BackupIndex index,
        ImportContext context,
        RowSink sink,
        ImportTransaction transaction,
        Settlement? settlement,
        CancellationToken cancellationToken)
    {
        var runs = await OrderAsync(index, context.Tables, transaction, cancellationToken).ConfigureAwait(false);
        var begun = new HashSet<KeyTable>();
        var total = 0L;
        var remaining = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            total += run.Count;
            remaining[run.Label.Value] = remaining.GetValueOrDefault(run.Label.Value) + 1;
        }

        var progress = new RowProgress(_options.Progress, total);
        var boundaries = _resumable is null && _options.Stop is null ? null : new ChunkBoundaries(_plan, runs);
        var cursor = new RecordCursor(_content, _options.Limits);
        await using var closingCursor = cursor.ConfigureAwait(false);
        var uncommitted = 0;
        for (var at = 0; at < runs.Count; at++)
        {
            var run = runs[at];
            var readers = ReadersFor(run, context, transaction);
            var entity = readers[0].Table.Entity;
            var isFirst = begun.Add(readers[0].Table);
            if (settlement?.IsLate(entity) == true)
            {
                await sink.ArriveAsync(_readers.Values, cancellationToken).ConfigureAwait(false);
                await settlement.SettleLateAsync(entity, cancellationToken).ConfigureAwait(false);
                await AdvanceLateAsync(readers[0].Table, transaction, cancellationToken).ConfigureAwait(false);
            }
            else if (_fires && isFirst)
            {
                await sink.ArriveAsync(_readers.Values, cancellationToken).ConfigureAwait(false);
                await AvoidTakenKeysAsync(readers[0].Table, transaction, cancellationToken).ConfigureAwait(false);
            }

            await cursor.SeekAsync(run, cancellationToken).ConfigureAwait(false);
            var chunkSize = boundaries?.AllowWithin(at) == true ? _options.ChunkSize : int.MaxValue;
            var last = await WriteRunAsync(cursor, readers, sink, progress, chunkSize, settlement, cancellationToken).ConfigureAwait(false);
            var isLast = --remaining[run.Label.Value] == 0;
            var goesOn = at + 1 < runs.Count && runs[at + 1].Label == run.Label;
            foreach (var reader in readers)
            {
                if (isLast || (transaction.NeedsCuts && !goesOn))
                {
                    await sink.FlushAsync(reader, cancellationToken).ConfigureAwait(false);
                }

                if (isLast)
                {
                    await sink.OverwriteAsync(reader, cancellationToken).ConfigureAwait(false);
                    sink.Release(reader);
                }
            }

            if (boundaries is not null && last is { Records: var piece })
            {
                // Short runs of one model that follow each other are committed together.
                uncommitted += piece.LastOrdinal - piece.FirstOrdinal + 1;
                var waits = goesOn && uncommitted < _options.ChunkSize;
                await EndChunkAsync(piece, !waits && boundaries.AllowAfter(at), sink, settlement, cancellationToken).ConfigureAwait(false);
                uncommitted = waits ? uncommitted : 0;
            }
        }

        await sink.WriteLateAsync(cancellationToken).ConfigureAwait(false);
        await sink.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return total;
    }

    /// <summary>Writes the records of a run, in chunks of that many.</summary>
    /// <returns>The records that are left over; null when there are none.</returns>
    private async Task<UnendedChunk?> WriteRunAsync(
        RecordCursor cursor,
        RecordReader[] readers,
        RowSink sink,
        RowProgress progress,
        int chunkSize,
        Settlement? settlement,
        CancellationToken cancellationToken)
    {
        var reader = readers[0];
        var table = reader.Table;
        foreach (var each in table.TracksWritten && readers.Length > 1 ? readers : [])
        {
            await sink.FlushAsync(each, cancellationToken).ConfigureAwait(false);
        }

        var batch = table.Taken == 0 ? null : await sink.BatchForAsync(reader, cancellationToken).ConfigureAwait(false);
        var untilReport = ProgressInterval;
        var (first, read) = (-1, 0);
        while (await cursor.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (read == chunkSize)
            {
                var piece = new ImportedChunk(table.Entity.Label, first + 1, first + read);
                await EndChunkAsync(piece, mayCommit: true, sink, settlement, cancellationToken).ConfigureAwait(false);
                read = 0;
            }

            first = read++ == 0 ? cursor.Rank : first;
            var state = table.StateOf(cursor.Rank);
            if (readers.Length > 1 && readers[table.TypeOf(cursor.Rank)] is var other && other != reader)
            {
                if (table.TracksWritten)
                {
                    // The next record may refer to one of these, which its triggers are to see.
                    await sink.FlushAsync(reader, cancellationToken).ConfigureAwait(false);
                }

                reader = other;
                batch = table.Taken == 0 ? null : await sink.BatchForAsync(reader, cancellationToken).ConfigureAwait(false);
            }

            if (state == RecordState.Taken)
            {
                reader.Read(cursor, batch!);
                table.MarkWritten(cursor.Rank);
                if (batch!.IsFull || reader.HoldsEnough)
                {
                    await sink.FlushAsync(reader, cancellationToken).ConfigureAwait(false);
                }
            }
            else if (state == RecordState.Existing)
            {
                reader.CountKept(cursor);
            }
            else if (state == RecordState.Overwritten)
            {
                var overwriting = sink.OverwritingBatchFor(reader);
                reader.ReadOver(cursor, overwriting);
                if (overwriting.IsFull || reader.HoldsEnough)
                {
                    await sink.OverwriteAsync(reader, cancellationToken).ConfigureAwait(false);
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
        return read == 0 ? null : new UnendedChunk(new ImportedChunk(table.Entity.Label, first + 1, first + read));
    }

    private void RefuseDrift()
    {
        if (_options is { UnknownFields: not DriftPolicy.Refuse, AbsentFields: not DriftPolicy.Refuse })
        {
            return;
        }

        foreach (var reader in _readers.Values.OrderBy(reader => reader.Entity.Label).SelectMany(reader => reader.WithChildren))
        {
            if (_options.UnknownFields == DriftPolicy.Refuse)
            {
                foreach (var (field, records, first) in reader.Drift.Unknown.OrderBy(drift => drift.Field, StringComparer.Ordinal))
                {
                    _problems.Add(BackupProblemKind.UnknownField, Errors.UnknownField(field, records, _plan.Model.Name), first);
                }
            }

            if (_options.AbsentFields == DriftPolicy.Refuse)
            {
                foreach (var column in reader.DefaultedColumns.Where(column => !column.Field.IsDefaultDeclared))
                {
                    _problems.Add(BackupProblemKind.MissingField, Errors.AbsentField(column.Field, column.Defaulted), column.FirstDefaulted);
                }
            }
        }
    }
}
