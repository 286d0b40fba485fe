namespace Relocation.Testing;

/// <summary>A database was refused before the first write, because nothing shows that it is a test database.</summary>
public sealed class UnsafeDatabaseException : RelocationException
{
    internal UnsafeDatabaseException(string message, string databaseName)
        : base(message) => DatabaseName = databaseName;

    /// <summary>The database's own name, or its file's.</summary>
    public string DatabaseName { get; }
}
