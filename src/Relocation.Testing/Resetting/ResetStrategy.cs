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
}
