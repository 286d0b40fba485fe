namespace Relocation.Testing;

/// <summary>Why a database did not do what it was asked, as its own code tells.</summary>
public enum DatabaseFault
{
    /// <summary>It refused a statement: the schema, or SQL of a schema, seed or rule, is not as it should be. The only one that is no fault of the environment.</summary>
    Refused,

    /// <summary>It cannot be opened or reached: no such server, database or folder, or one that is starting or stopping.</summary>
    Unreachable,

    /// <summary>The connection broke, or the server ended it.</summary>
    ConnectionLost,

    /// <summary>The server, or the driver's pool, has no connection left.</summary>
    TooManyConnections,

    /// <summary>The role or account lacks a right.</summary>
    NotAllowed,

    /// <summary>It takes no writes.</summary>
    ReadOnly,

    /// <summary>There is no room left where it, its log or its temporary files are.</summary>
    Full,

    /// <summary>There is not enough memory.</summary>
    OutOfMemory,

    /// <summary>Somebody else holds a lock, and waiting for it took too long.</summary>
    Locked,

    /// <summary>Two sessions waited for each other, or wrote the same rows, and the database ended this one's work.</summary>
    Deadlock,

    /// <summary>A time limit of the server, the session or the driver has passed.</summary>
    TimedOut,

    /// <summary>A file cannot be read or written, is damaged, or is no database.</summary>
    Damaged,
}
