using Relocation.Testing.Modeling;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Engines;

/// <summary>One import's hold on a database: locks, writers, counters, the final check of foreign keys.</summary>
/// <remarks>Disposal without <see cref="CommitAsync"/> leaves the database as it was, its counters and settings included.</remarks>
internal abstract class ImportTransaction : IAsyncDisposable
{
    /// <summary>Counts what is sent to the database, and stops the import where that is asked for.</summary>
    internal virtual ImportStop? Stop { get; set; }

    /// <summary>How foreign keys are enforced during this import, for the result.</summary>
    internal abstract ForeignKeyEnforcement Enforcement { get; }

    /// <summary>
    /// Whether a reference to a row that comes later would be refused when it is written, so that cut references must be
    /// written as null first and filled in at the end.
    /// </summary>
    internal abstract bool NeedsCuts { get; }

    /// <summary>
    /// The columns of the tables loaded that must have a value and have none of their own (no default, not generated, not counted, no trigger
    /// that could give one), as the begin of the import has found them. Those that the import writes may be left out.
    /// </summary>
    internal abstract IEnumerable<(Table Table, string Column)> RequiredColumns { get; }

    /// <summary>What triggers of a table that is loaded react to; ours do not count, rules that rewrite statements do.</summary>
    internal abstract TriggerEvents TriggersOn(Table table);

    /// <summary>
    /// Keeps the triggers of these tables from firing until this transaction ends, in whatever way; after that they are as they were. With chunks,
    /// until the last one ends.
    /// </summary>
    internal abstract Task HoldBackTriggersAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    /// <summary>Begins to count what triggers add to tables, before the first row is written.</summary>
    /// <exception cref="ImportException">The database would lose rows in silence when triggers of these tables fire.</exception>
    internal abstract Task BeginCountingAsync(CancellationToken cancellationToken);

    /// <summary>How many rows tables have got since <see cref="BeginCountingAsync"/> beyond those that the import has written.</summary>
    internal abstract Task<IReadOnlyList<TriggeredRows>> CountTriggeredAsync(
        IReadOnlyDictionary<Table, long> written, CancellationToken cancellationToken);

    /// <summary>Whether nothing is written, as an earlier attempt has written and committed it.</summary>
    internal virtual bool IsReplaying => false;

    /// <summary>Asks the database itself, whatever is kept of answers for resumed imports.</summary>
    internal virtual ImportTransaction Direct => this;

    /// <summary>
    /// A number that grows with each row that the table gets in this transaction; null where writers see by themselves that a row was skipped.
    /// </summary>
    internal virtual Task<long?> CountInsertedAsync(Table table, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    /// <summary>The larger of the highest key in the table and the key counter, 0 for an empty table. The table is locked.</summary>
    internal abstract Task<long> ReadHighWaterMarkAsync(Table table, CancellationToken cancellationToken);

    /// <summary>Which of these keys, primary or alternate, the columns hold already.</summary>
    internal abstract Task<IReadOnlySet<RecordKey>> FindExistingAsync(
        Table table, IReadOnlyList<RelocationField> columns, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Finds rows by values: for each row of <paramref name="values"/> that equals one of the table, its
    /// <see cref="RowBatch.Ranks"/> and that row's <see cref="RowLookup.Answer"/>. Where the lookup has a condition, also the ranks of values
    /// that meet it and equal no row, with no key.
    /// </summary>
    internal abstract Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindRowsAsync(
        RowLookup lookup, RowBatch values, CancellationToken cancellationToken);

    /// <summary>Deletes the rows that equal one of the lists of values, which have no nulls among them. The lookup has no condition.</summary>
    /// <exception cref="RowRefusedException">The database refused.</exception>
    internal abstract Task DeleteRowsAsync(RowLookup lookup, RowBatch values, CancellationToken cancellationToken);

    /// <summary>Reads again how high keys are, after a rule has written to the tables or emptied them.</summary>
    internal abstract Task ReadMarksAgainAsync(CancellationToken cancellationToken);

    /// <summary>Deletes all rows of these tables and starts their key counters again. Nothing has been written yet.</summary>
    internal abstract Task ClearAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    /// <summary>Has foreign keys of all tables checked before the commit, since a rule or a trigger may have written to any of them.</summary>
    internal abstract void CheckAllTables();

    /// <summary>A command in this transaction.</summary>
    internal abstract System.Data.Common.DbCommand CreateCommand(string sql);

    /// <summary>Begins to write rows with these columns. At most one writer is open at a time.</summary>
    internal abstract Task<RowWriter> OpenWriterAsync(
        Table table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken);

    /// <summary>
    /// Fills references that were written as null: each row of <paramref name="rows"/> has the key columns first, then
    /// <paramref name="columns"/>, which are set.
    /// </summary>
    internal virtual Task FillCutAsync(
        Table table, IReadOnlyList<RelocationField> columns, RowBatch rows, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This engine writes references as they are; nothing is cut.");

    /// <summary>Writes rows over those that have their keys: each row has the key columns first, then the others, which are set.</summary>
    /// <exception cref="RowRefusedException">The database refused a row, or has none of that key.</exception>
    internal abstract Task OverwriteAsync(Table table, RowBatch rows, CancellationToken cancellationToken);

    /// <summary>Moves key counters so that each next key is above the highest given; never backwards.</summary>
    internal abstract Task AdvanceCountersAsync(
        IReadOnlyList<CounterValue> counters, CancellationToken cancellationToken);

    /// <summary>Checks every foreign key of the tables written and puts the schema back as it was.</summary>
    /// <exception cref="RowRefusedException">A foreign key does not hold.</exception>
    internal abstract Task VerifyForeignKeysAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Has the key counter of a table take part in the transaction: keys that it gives are free again when the transaction is rolled back, even
    /// where counters usually stay as they are.
    /// </summary>
    internal virtual Task HoldCounterAsync(Table table, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The last rows of those tables written whose keys are given out again when the last row is deleted. Only for a transaction that was begun with
    /// <see cref="DatabaseEngine.BeginChunkedImportAsync"/>.
    /// </summary>
    /// <param name="former">What was read before, for the rows that now have these keys; null for the last rows.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal virtual Task<IReadOnlyList<LastRow>> ReadLastRowsAsync(IReadOnlyList<LastRow>? former, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LastRow>>([]);

    /// <summary>
    /// Commits what was written, after checking its foreign keys, and begins anew. Only for a transaction that was begun with
    /// <see cref="DatabaseEngine.BeginChunkedImportAsync"/>.
    /// </summary>
    /// <exception cref="RowRefusedException">A foreign key does not hold.</exception>
    internal abstract Task CommitChunkAsync(CancellationToken cancellationToken);

    /// <summary>Commits, unless the transaction is the caller's.</summary>
    internal abstract Task CommitAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
