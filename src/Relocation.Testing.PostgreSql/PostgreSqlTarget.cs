using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing;

/// <summary>Where PostgreSQL test databases come from.</summary>
public static class PostgreSqlTarget
{
    /// <summary>New databases on a server. Each is dropped when its test database is disposed.</summary>
    /// <param name="connectionString">
    /// A connection string of a user who may create databases. Its database is only connected to while others are created
    /// and dropped; left out, it is <c>postgres</c>.
    /// </param>
    public static DatabaseTarget OnServer(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return new PostgreSqlServerTarget(connectionString);
    }

    /// <summary>
    /// The database that the connection string names. It stays when the test database is disposed, and is refused unless
    /// <c>test</c> or <c>tests</c> is a word of its name.
    /// </summary>
    /// <param name="connectionString">A connection string of the owner of the tables.</param>
    public static DatabaseTarget Existing(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return new PostgreSqlExistingTarget(connectionString);
    }

    /// <summary>
    /// New databases on the server that the environment variable <c>RELOCATION_TEST_POSTGRES</c> names, or else on a throw-away
    /// server that is started on Linux and macOS from programs found on the machine, shared by the process, and gone with it.
    /// </summary>
    /// <remarks>
    /// A test database throws <see cref="PostgreSqlUnavailableException"/> when it is made and no server can be found.
    /// </remarks>
    public static DatabaseTarget ThrowAway() =>
        PostgreSqlEnvironment.Read(PostgreSqlEnvironment.ConnectionString) is { } connectionString
            ? new PostgreSqlServerTarget(connectionString)
            : new PostgreSqlThrowAwayTarget(SharedPostgreSqlServer.OfProcess);
}
