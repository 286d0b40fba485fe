using Npgsql;
using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>Every message about servers: what is wrong, where, what to do.</summary>
internal static class ServerErrors
{
    private const string Advice =
        "Set RELOCATION_TEST_POSTGRES to a connection string, or RELOCATION_POSTGRES_BIN to the folder of initdb and postgres, " +
        "or install PostgreSQL.";

    internal static PostgreSqlUnavailableException ServerNotFound(IReadOnlyList<string> looked) => new(
        $"No PostgreSQL server was found on this machine; looked in {string.Join(", ", looked)}. {Advice}");

    internal static PostgreSqlUnavailableException ServerUnsupported() => new(
        "A throw-away PostgreSQL server can be started on Linux and macOS only. " +
        $"Set {PostgreSqlEnvironment.ConnectionString} to the connection string of a server, or use PostgreSqlTarget.OnServer.");

    internal static PostgreSqlUnavailableException NoAccount() => new(
        "PostgreSQL refuses to run as root, and this machine has neither an account 'postgres' nor 'nobody'. " +
        "Run the tests under another account, or add one of the two.");

    internal static PostgreSqlUnavailableException CommandNotFound(string command, Exception cause) => new(
        $"'{command}' cannot be started, which is needed to start a PostgreSQL server. Install it, or {Lower(Advice)}", cause);

    internal static PostgreSqlUnavailableException CommandFailed(IReadOnlyList<string> command, int exitCode, string output) => new(
        $"'{string.Join(' ', command)}' failed with exit code {exitCode}:{Environment.NewLine}{output.Trim()}" +
        $"{Environment.NewLine}Repair the installation, or {Lower(Advice)}");

    internal static PostgreSqlUnavailableException ServerEnded(string log) => new(
        $"The throw-away PostgreSQL server ended while it was starting. Its log:{Environment.NewLine}{log.Trim()}" +
        $"{Environment.NewLine}Repair the installation, or {Lower(Advice)}");

    internal static PostgreSqlUnavailableException ServerSlow(TimeSpan limit, string log) => new(
        $"The throw-away PostgreSQL server was not ready after {limit.TotalSeconds} seconds. Its log:{Environment.NewLine}{log.Trim()}" +
        $"{Environment.NewLine}Free the machine, or {Lower(Advice)}");

    internal static PostgreSqlUnavailableException ServerUnreachable(string host, DriverFault fault, Exception cause)
    {
        var code = fault.Code is null ? string.Empty : $" (SQLSTATE {fault.Code})";
        var advice = fault.Code == PostgresErrorCodes.InsufficientPrivilege
            ? "Let its user create databases (ALTER ROLE ... CREATEDB), or connect as one that may."
            : fault.Advice;
        return new($"No test database can be created on the PostgreSQL server '{host}': {fault.Cause}{code}. {advice}", cause);
    }

    private static string Lower(string advice) => char.ToLowerInvariant(advice[0]) + advice[1..];
}
