using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing;

/// <summary>Where PostgreSQL test databases come from.</summary>
public static class PostgreSqlTarget
{
    /// <summary>New databases on a server. Each is dropped when its test database is disposed.</summary>
    /// <param name="connectionString">
    /// A connection string of a user who may create databases: Npgsql's, libpq's, or a URL. Its database is only connected to while
    /// others are created and dropped; left out, it is <c>postgres</c>.
    /// </param>
    /// <exception cref="ArgumentException">The connection string cannot be read. The message repeats nothing of it.</exception>
    public static DatabaseTarget OnServer(string connectionString) =>
        new PostgreSqlServerTarget(Read(connectionString, nameof(connectionString)));

    /// <summary>
    /// The database that the connection string names. It stays when the test database is disposed, and is refused unless
    /// <c>test</c> or <c>tests</c> is a word of its name.
    /// </summary>
    /// <remarks>
    /// The name that counts is the server's own, and that of the connection string too: a pooler may call a database otherwise.
    /// </remarks>
    /// <param name="connectionString">A connection string of the owner of the tables: Npgsql's, libpq's, or a URL.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read. The message repeats nothing of it.</exception>
    public static DatabaseTarget Existing(string connectionString) =>
        new PostgreSqlExistingTarget(Read(connectionString, nameof(connectionString)));

    /// <summary>
    /// New databases on the server that the environment variable <c>RELOCATION_TEST_POSTGRES</c> names, or else on a throw-away
    /// server that is started on Linux and macOS from programs found on the machine, shared by the process, and gone with it.
    /// </summary>
    /// <remarks>
    /// A test database throws <see cref="PostgreSqlUnavailableException"/> when it is made and no server can be found.
    /// </remarks>
    /// <exception cref="ArgumentException">The variable's connection string cannot be read. The message repeats nothing of it.</exception>
    public static DatabaseTarget ThrowAway() =>
        PostgreSqlEnvironment.Read(PostgreSqlEnvironment.ConnectionString) is { } connectionString
            ? new PostgreSqlServerTarget(Read(connectionString, PostgreSqlEnvironment.ConnectionString))
            : new PostgreSqlThrowAwayTarget(SharedPostgreSqlServer.OfProcess);

    private static string Read(string connectionString, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString, name);
        return PostgreSqlConnectionText.TryRead(connectionString, out var builder, out var problem)
            ? builder.ConnectionString
            : throw new ArgumentException(
                $"The connection string of PostgreSQL cannot be read: {problem} It is not shown here, as it may hold a password.", name);
    }
}
