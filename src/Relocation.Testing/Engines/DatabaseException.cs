namespace Relocation.Testing;

/// <summary>A database did not do what it was asked, for a reason that is not in the records: what its own error code says, in words.</summary>
/// <remarks>
/// The driver's exception is the inner one; its words may hold values. Imports, exports and resets leave the database as it was unless the message
/// says otherwise. A schema or a seed that fails may leave part of its work in a database of your own; one that was made for tests is removed.
/// </remarks>
public sealed class DatabaseException : RelocationException
{
    internal DatabaseException(string message, DatabaseFault fault, string? code, Exception? innerException)
        : base(message, innerException)
    {
        Fault = fault;
        Code = code;
    }

    /// <summary>Why.</summary>
    public DatabaseFault Fault { get; }

    /// <summary>PostgreSQL's SQLSTATE or SQLite's extended result code; null where the driver failed before the database could answer.</summary>
    public string? Code { get; }

    /// <summary>Whether the machine, the server or rights are at fault, and neither the backup nor the schema.</summary>
    public bool IsEnvironment => Fault != DatabaseFault.Refused;
}
