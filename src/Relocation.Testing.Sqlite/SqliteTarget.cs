using Relocation.Testing.Sqlite.Databases;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing;

/// <summary>Where SQLite test databases come from.</summary>
public static class SqliteTarget
{
    /// <summary>A database in memory, which ends when the test database is disposed.</summary>
    public static DatabaseTarget InMemory() => new SqliteMemoryTarget(SqliteEngine.Instance);

    /// <summary>
    /// A file, created if it is missing. It stays when the test database is disposed. An existing file is refused unless <c>test</c> or
    /// <c>tests</c> is a word of its name, and, for a link, of the real file's name too.
    /// </summary>
    /// <param name="path">
    /// The file's path, or a <c>file:</c> URI of it without settings. It may begin with <c>|DataDirectory|</c>. A path that could be a
    /// connection string, such as <c>a=b.db</c>, is given with its folder: <c>./a=b.db</c>.
    /// </param>
    /// <exception cref="ArgumentException">The text is not a path but a connection string or the like. It is not repeated.</exception>
    public static DatabaseTarget File(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new SqliteFileTarget(SqliteEngine.Instance, SqlitePath.Read(path) ?? throw SqliteErrors.NoPath(nameof(path)));
    }

    /// <summary>A new file in the folder for temporary files. It is removed when the test database is disposed.</summary>
    public static DatabaseTarget TemporaryFile() => new SqliteTemporaryFileTarget(SqliteEngine.Instance);
}
