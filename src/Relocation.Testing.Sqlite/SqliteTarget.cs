using Relocation.Testing.Sqlite.Databases;

namespace Relocation.Testing;

/// <summary>Where SQLite test databases come from.</summary>
public static class SqliteTarget
{
    /// <summary>A database in memory. It is gone when the test database is disposed.</summary>
    public static DatabaseTarget InMemory() => new SqliteMemoryTarget();

    /// <summary>
    /// A file, made where it is missing. It stays when the test database is disposed. A file that is there already is refused
    /// unless <c>test</c> or <c>tests</c> is a word of its name.
    /// </summary>
    /// <param name="path">The file's path.</param>
    public static DatabaseTarget File(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new SqliteFileTarget(path);
    }

    /// <summary>A new file in the folder for temporary files. It is removed when the test database is disposed.</summary>
    public static DatabaseTarget TemporaryFile() => new SqliteTemporaryFileTarget();
}
