using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing;

/// <summary>Where PostgreSQL test databases come from.</summary>
public static class PostgreSqlTarget
{
    /// <summary>New databases on a server. Each is dropped when its test database is disposed.</summary>
    /// <param name="connectionString">
    /// A connection string of a user who may create databases: Npgsql's, libpq's, or a URL. Its database is only used to create and drop
    /// others; the default is <c>postgres</c>.
    /// </param>
    /// <exception cref="ArgumentException">The connection string cannot be read. The message does not repeat it.</exception>
    public static DatabaseTarget OnServer(string connectionString) =>
        new PostgreSqlServerTarget(PostgreSqlEngine.Instance, Read(connectionString, nameof(connectionString)));

    /// <summary>
    /// The database that the connection string names. It stays when the test database is disposed, and is refused unless <c>test</c> or
    /// <c>tests</c> is a word of its name.
    /// </summary>
    /// <remarks>Both the server's own name and that in the connection string count, since a pooler may rename a database.</remarks>
    /// <param name="connectionString">A connection string of the owner of the tables: Npgsql's, libpq's, or a URL.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read. The message does not repeat it.</exception>
    public static DatabaseTarget Existing(string connectionString) =>
        new PostgreSqlExistingTarget(PostgreSqlEngine.Instance, Read(connectionString, nameof(connectionString)));

    /// <summary>
    /// New databases on the server that the environment variable <c>RELOCATION_TEST_POSTGRES</c> names, or else on a throw-away server that
    /// is started on Linux and macOS from programs found on the machine, shared by the process, and removed with it.
    /// </summary>
    /// <remarks>Creating a test database throws <see cref="PostgreSqlUnavailableException"/> if no server can be found.</remarks>
    /// <exception cref="ArgumentException">The variable's connection string cannot be read. The message does not repeat it.</exception>
    public static DatabaseTarget ThrowAway() =>
        PostgreSqlEnvironment.Read(PostgreSqlEnvironment.ConnectionString) is { } connectionString
            ? new PostgreSqlServerTarget(PostgreSqlEngine.Instance, Read(connectionString, PostgreSqlEnvironment.ConnectionString))
            : new PostgreSqlThrowAwayTarget(PostgreSqlEngine.Instance, SharedPostgreSqlServer.OfProcess);

    private static string Read(string connectionString, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString, name);
        return PostgreSqlConnectionText.TryRead(connectionString, out var builder, out var problem)
            ? builder.ConnectionString
            : throw new ArgumentException(
                $"The connection string of PostgreSQL cannot be read: {problem} It is not shown here, as it may hold a password.", name);
    }
}
