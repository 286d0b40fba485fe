namespace Relocation.Testing;

/// <summary>How a test database is emptied.</summary>
public enum EmptyBy
{
    /// <summary>Respawn decides what to delete, with the options that it is given.</summary>
    Respawn,

    /// <summary>
    /// Rows are deleted from those tables only that can have any: those written to since the last reset, and those that this
    /// reset left filled. Much faster where there are many tables. <see cref="ResetOptions.Respawner"/> still says which tables
    /// and schemas are left alone; a delete statement of one's own is refused.
    /// </summary>
    TouchedTables,
}
