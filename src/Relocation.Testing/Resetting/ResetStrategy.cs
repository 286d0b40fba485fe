namespace Relocation.Testing;

/// <summary>How a test database is put back to its baseline.</summary>
public enum ResetStrategy
{
    /// <summary><see cref="UndoLog"/> where it is exact, else <see cref="Copy"/>.</summary>
    Automatic,

    /// <summary>
    /// Triggers note the keys of the rows that a test touches, on any connection, and a reset puts back just these rows from a
    /// copy of the baseline. Its cost grows with what the test touched, not with the baseline.
    /// </summary>
    /// <remarks>
    /// On SQLite the triggers stand in the database itself, under names that begin with <c>__relocation_</c>. SQLite refuses
    /// <c>ALTER TABLE … DROP COLUMN</c> while a trigger names the column, so tests that do that take <see cref="Copy"/>.
    /// </remarks>
    UndoLog,

    /// <summary>
    /// A copy of the baseline is put back as a whole: on SQLite page by page, the schema included; on PostgreSQL those tables
    /// that a test wrote to.
    /// </summary>
    Copy,

    /// <summary>
    /// All of a test's work happens in one transaction, which is never committed: a reset rolls it back, and puts back key
    /// counters where a transaction does not. Used only when it is asked for.
    /// </summary>
    /// <remarks>
    /// <para>
    /// It demands that the test works through <see cref="TestDatabase.Transaction"/>, the contexts that
    /// <see cref="TestDatabase{TContext}.CreateContext"/> makes, or <see cref="TestDatabase.ImportAsync"/>: another connection
    /// sees nothing of the test's work, may wait for its locks for ever, and what it commits is not put back. So it is not for
    /// code that opens connections by itself, such as a web application that is tested as a whole.
    /// <see cref="TestDatabase.OpenConnectionAsync"/> is refused.
    /// </para>
    /// <para>
    /// The code under test must neither commit nor roll back the transaction; savepoints are free. What PostgreSQL checks when
    /// a transaction is committed (deferred constraints) is never checked, and after a failed statement outside of a savepoint
    /// it refuses all others; EF Core sets a savepoint before it saves. There is no reset to empty, and a failed test's database
    /// cannot be kept.
    /// </para>
    /// </remarks>
    Rollback,
}
