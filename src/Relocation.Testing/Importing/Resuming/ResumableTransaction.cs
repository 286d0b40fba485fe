using Relocation.Testing.Importing.Results;
using System.Data.Common;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>An import that commits chunk by chunk and can go on where it was interrupted.</summary>
/// <remarks>
/// A resumed import does everything again that it did in memory, with the answers that the ledger has kept, and writes nothing until it has
/// come to the first chunk that is not committed. The transaction that a chunk is written in excludes other imports of the same id, so one
/// that another process has committed meanwhile is seen before anything is written, and taken as it is.
/// </remarks>
internal sealed class ResumableTransaction : ImportTransaction
{
    private readonly ImportTransaction _inner;
    private readonly ImportLedger _ledger;
    private readonly AnswerJournal _journal = new();
    private readonly List<StoredChunk> _stored = [];
    private IReadOnlyList<LastRow> _lastRows = [];
    private bool _isFresh = true;

    private ResumableTransaction(ImportTransaction inner, ImportLedger ledger)
    {
        _inner = inner;
        _ledger = ledger;
    }

    /// <summary>Whether an earlier attempt has committed something.</summary>
    internal bool IsResumed { get; private set; }

    /// <summary>The moment of the import's first attempt.</summary>
    internal DateTimeOffset StartedAt { get; private set; }

    /// <summary>The number of the chunk that is being written or done again; 0 is the preparation.</summary>
    internal int Number { get; private set; }

    /// <summary>How many chunks others, or earlier attempts, had committed when their turn came.</summary>
    internal int FoundCommitted { get; private set; }

    /// <summary>Whether a chunk is being committed: a connection that breaks now leaves open whether it is.</summary>
    internal bool IsCommitting { get; private set; }

    internal override bool IsReplaying => _journal.IsReplaying;

    internal override ForeignKeyEnforcement Enforcement => _inner.Enforcement;

    internal override IEnumerable<(Table Table, string Column)> RequiredColumns => _inner.RequiredColumns;

    internal override ImportTransaction Direct => _inner;

    internal override Task HoldBackTriggersAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        _inner.HoldBackTriggersAsync(tables, cancellationToken);

    internal override Task BeginCountingAsync(CancellationToken cancellationToken) =>
        IsReplaying ? Task.CompletedTask : _inner.BeginCountingAsync(cancellationToken);

    internal override Task<IReadOnlyList<TriggeredRows>> CountTriggeredAsync(
        IReadOnlyDictionary<Table, long> written, CancellationToken cancellationToken) => _journal.AnswerAsync(
        "rows of triggers",
        () => _inner.CountTriggeredAsync(written, cancellationToken),
        AnswerJournal.WriteTriggered,
        AnswerJournal.ReadTriggered);

    internal override TriggerEvents TriggersOn(Table table) => _inner.TriggersOn(table);

    /// <summary>Each chunk is committed with foreign keys that hold, so references to later chunks are filled in at the end.</summary>
    internal override bool NeedsCuts => true;

    internal override ImportStop? Stop
    {
        get => _inner.Stop;
        set => _inner.Stop = value;
    }

    /// <summary>Begins an import, or finds out how far it has come.</summary>
    /// <param name="inner">A transaction that can be committed chunk by chunk.</param>
    /// <param name="engine">The database's engine.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="importId">The import's identity.</param>
    /// <param name="entry">What the import is, for the ledger.</param>
    /// <param name="fingerprint">What it depends on besides the backup.</param>
    /// <param name="backup">The backup's name, for messages.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <exception cref="ResumeRefusedException">The import was begun with another backup or other options.</exception>
    internal static async Task<ResumableTransaction> BeginAsync(
        ImportTransaction inner,
        DatabaseEngine engine,
        string model,
        Guid importId,
        LedgerEntry entry,
        ImportFingerprint fingerprint,
        string backup,
        CancellationToken cancellationToken)
    {
        var ledger = new ImportLedger(inner, engine, importId);
        await ledger.CreateTablesAsync(cancellationToken).ConfigureAwait(false);
        var transaction = new ResumableTransaction(inner, ledger) { StartedAt = entry.StartedAt };
        if (await ledger.FindAsync(cancellationToken).ConfigureAwait(false) is not { } found)
        {
            await ledger.AddAsync(model, entry, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            transaction.StartedAt = found.StartedAt;
            transaction.IsResumed = true;
            transaction._stored.AddRange(await ledger.ReadChunksAsync(0, cancellationToken).ConfigureAwait(false));
            if (found.Backup != entry.Backup)
            {
                throw ResumeErrors.OtherBackup(importId, backup);
            }

            if (found.Options != entry.Options)
            {
                throw ResumeErrors.OtherOptions(importId, await transaction.DifferencesAsync(fingerprint).ConfigureAwait(false));
            }
        }

        transaction.BeginChunk();
        await transaction.FingerprintAsync(fingerprint).ConfigureAwait(false);
        return transaction;
    }

    /// <summary>Sees, before the first statement of a chunk, what others have done meanwhile: this import's next chunks, or harm.</summary>
    /// <exception cref="ResumeRefusedException">A row that others could refer to by its key may have been replaced by another.</exception>
    internal async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!_isFresh && !IsReplaying)
        {
            _isFresh = true;
            if (await _ledger.CountChunksAsync(cancellationToken).ConfigureAwait(false) > Number)
            {
                _stored.AddRange(await _ledger.ReadChunksAsync(Number, cancellationToken).ConfigureAwait(false));
                BeginChunk();
            }
        }

        if (IsReplaying)
        {
            return;
        }

        var now = await _inner.ReadLastRowsAsync(_lastRows, cancellationToken).ConfigureAwait(false);
        foreach (var (row, _) in _lastRows.Zip(now).Where(pair => pair.First != pair.Second))
        {
            throw ResumeErrors.LastRowChanged(row.Table, Number);
        }
    }

    /// <summary>Commits a chunk and begins the next; or goes past one that is committed.</summary>
    /// <param name="records">The chunk's records, or null for the preparation.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal async Task EndChunkAsync(ImportedChunk? records, CancellationToken cancellationToken)
    {
        if (IsReplaying && _stored[Number].Records != records)
        {
            throw ResumeErrors.OtherChunk(records ?? default, _stored[Number].Records);
        }

        if (!IsReplaying)
        {
            Stop?.AfterChunk();
        }

        _lastRows = await _journal.AnswerAsync(
            "last rows", () => _inner.ReadLastRowsAsync(null, cancellationToken), AnswerJournal.WriteLastRows, AnswerJournal.ReadLastRows).ConfigureAwait(false);
        if (!IsReplaying)
        {
            var chunk = new StoredChunk(records, _journal.Noted());
            await _ledger.WriteAsync(Number, chunk, isLast: false, cancellationToken).ConfigureAwait(false);
            IsCommitting = true;
            await _inner.CommitChunkAsync(cancellationToken).ConfigureAwait(false);
            IsCommitting = false;
            _stored.Add(chunk);
            _isFresh = false;
        }

        Number++;
        BeginChunk();
    }

    internal override Task<long> ReadHighWaterMarkAsync(Table table, CancellationToken cancellationToken) => _journal.AnswerAsync(
        $"highest key of {table}",
        () => _inner.ReadHighWaterMarkAsync(table, cancellationToken),
        (writer, answer) => writer.Write(answer),
        reader => reader.ReadInt64());

    internal override Task<IReadOnlySet<RecordKey>> FindExistingAsync(
        Table table, IReadOnlyList<RelocationField> columns, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) =>
        _journal.AnswerAsync(
        $"{keys.Count} keys of {table} by {string.Join('+', columns.Select(column => column.Column))}",
        () => _inner.FindExistingAsync(table, columns, keys, cancellationToken),
        AnswerJournal.WriteKeys,
        AnswerJournal.ReadKeys);

    internal override Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindRowsAsync(
        RowLookup lookup, RowBatch values, CancellationToken cancellationToken) => _journal.AnswerAsync(
        $"{values.Count} rows of {lookup.Table} by {string.Join('+', lookup.Fields.Select(field => field.Name))}",
        () => _inner.FindRowsAsync(lookup, values, cancellationToken),
        AnswerJournal.WriteRows,
        AnswerJournal.ReadRows);

    internal override Task DeleteRowsAsync(RowLookup lookup, RowBatch values, CancellationToken cancellationToken) =>
        IsReplaying ? Task.CompletedTask : _inner.DeleteRowsAsync(lookup, values, cancellationToken);

    internal override Task ReadMarksAgainAsync(CancellationToken cancellationToken) =>
        IsReplaying ? Task.CompletedTask : _inner.ReadMarksAgainAsync(cancellationToken);

    internal override Task ClearAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        _inner.ClearAsync(tables, cancellationToken);

    internal override void CheckAllTables() => _inner.CheckAllTables();

    internal override DbCommand CreateCommand(string sql) => _inner.CreateCommand(sql);

    internal override Task HoldCounterAsync(Table table, CancellationToken cancellationToken) =>
        _inner.HoldCounterAsync(table, cancellationToken);

    internal override Task<RowWriter> OpenWriterAsync(
        Table table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken) =>
        IsReplaying ? Task.FromResult<RowWriter>(new DiscardingWriter()) : _inner.OpenWriterAsync(table, columns, cancellationToken);

    internal override Task FillCutAsync(
        Table table, IReadOnlyList<RelocationField> columns, RowBatch rows, CancellationToken cancellationToken) =>
        IsReplaying ? Task.CompletedTask : _inner.FillCutAsync(table, columns, rows, cancellationToken);

    internal override Task OverwriteAsync(Table table, RowBatch rows, CancellationToken cancellationToken) =>
        IsReplaying ? Task.CompletedTask : _inner.OverwriteAsync(table, rows, cancellationToken);

    internal override Task AdvanceCountersAsync(
        IReadOnlyList<CounterValue> counters, CancellationToken cancellationToken) =>
        IsReplaying ? Task.CompletedTask : _inner.AdvanceCountersAsync(counters, cancellationToken);

    internal override Task VerifyForeignKeysAsync(CancellationToken cancellationToken) =>
        IsReplaying ? Task.CompletedTask : _inner.VerifyForeignKeysAsync(cancellationToken);

    internal override Task CommitChunkAsync(CancellationToken cancellationToken) => _inner.CommitChunkAsync(cancellationToken);

    /// <summary>Commits the end of the import, and with it that the import is complete; nothing, where an earlier attempt has.</summary>
    internal override async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (IsReplaying)
        {
            return;
        }

        Stop?.AfterChunk();
        await _ledger.WriteAsync(Number, new StoredChunk(null, _journal.Noted()), isLast: true, cancellationToken).ConfigureAwait(false);
        await _inner.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync()
    {
        _journal.Dispose();
        return _inner.DisposeAsync();
    }

    /// <summary>Keeps what the import depends on with the first chunk's answers, or reads what an earlier attempt has kept.</summary>
    private Task<ImportFingerprint> FingerprintAsync(ImportFingerprint fingerprint) => _journal.AnswerAsync(
        "what the import depends on", () => Task.FromResult(fingerprint), ImportFingerprint.Write, ImportFingerprint.Read);

    /// <summary>What is otherwise than in the earlier attempt; nothing where that was one of a version that did not keep it.</summary>
    private async Task<IReadOnlyList<string>> DifferencesAsync(ImportFingerprint fingerprint)
    {
        try
        {
            BeginChunk();
            return fingerprint.Differences(await FingerprintAsync(fingerprint).ConfigureAwait(false));
        }
        catch (ResumeRefusedException)
        {
            return [];
        }
    }

    private void BeginChunk()
    {
        if (Number < _stored.Count)
        {
            _journal.Replay(_stored[Number].Answers);
            FoundCommitted++;
        }
        else
        {
            _journal.Note();
        }
    }
}
