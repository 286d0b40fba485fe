namespace Relocation.Testing;

/// <summary>
/// A database was refused before anything was written to it: nothing shows that it is a test database, or a context of the user's
/// opens it instead of the test database.
/// </summary>
public sealed class UnsafeDatabaseException : RelocationException
{
    internal UnsafeDatabaseException(string message, string databaseName)
        : base(message) => DatabaseName = databaseName;

    /// <summary>The database's own name, or its file's; of a context, what it opens, in words. It holds no password.</summary>
    public string DatabaseName { get; }

    /// <summary>The message without what to do about the database's name, which is another thing on a command line; null where it is the same.</summary>
    internal string? Reason { get; init; }
}
