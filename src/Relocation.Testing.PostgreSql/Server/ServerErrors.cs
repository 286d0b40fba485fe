using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Files;

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

    internal static PostgreSqlUnavailableException CacheUnusable(string folder, Exception cause) => new(
        $"The folder '{folder}', which keeps what servers are copied from, cannot be used: {cause.Message} Let {PostgreSqlEnvironment.Cache} lead to a folder "
        + $"that can be written and has room, or {Lower(Advice)}",
        cause);

    internal static PostgreSqlUnavailableException FolderUnusable(string folder, Exception cause) => new(
        $"The folder '{folder}' cannot be used for a throw-away PostgreSQL server: {cause.Message} Let TMPDIR lead to a folder that is there, can be written "
        + $"and has room, or {Lower(Advice)}",
        cause);

    /// <param name="log">The end of its log, or what was said before it could write one.</param>
    /// <param name="room">What is free where its folder is.</param>
    /// <param name="place">The same in words, and who has chosen it.</param>
    internal static PostgreSqlUnavailableException ServerEnded(string log, FolderRoom room, string place) => new(
        $"The throw-away PostgreSQL server ended while it was starting. {Log(log)}{Environment.NewLine}"
        + (room.IsFull || IsFull(log) || log.Length == 0 ? Full(place) : $"Its folder {place}. Repair the installation, or {Lower(Advice)}"));

    internal static PostgreSqlUnavailableException ServerSlow(TimeSpan limit, string log, string place) => new(
        $"The throw-away PostgreSQL server was not ready after {limit.TotalSeconds} seconds. {Log(log)}"
        + $"{Environment.NewLine}Its folder {place}. Free the machine, or {Lower(Advice)}");

    internal static PostgreSqlUnavailableException ServerGone(string log, string place, Exception? cause) => new(
        "The throw-away PostgreSQL server of this process has ended, and its databases with it: somebody has ended it, or it had no more room or memory. "
        + $"{Log(log)}{Environment.NewLine}{(IsFull(log) ? Full(place) : $"The server's folder {place}.")} New test databases get a new server.",
        cause);

    /// <summary>What is said once when another server takes the place of one that ended.</summary>
    internal static string ServerReplaced(string folder, string log) =>
        $"The throw-away PostgreSQL server in '{folder}' has ended; another one is started. {Log(log)}";

    /// <param name="place">The folder, what is free there and who has chosen it.</param>
    internal static string Full(string place) =>
        $"The server's folder {place}. A server takes 40 MB and grows with its databases. Make room there, let TMPDIR lead to a folder with more room, or set {PostgreSqlEnvironment.ConnectionString} to the "
        + "connection string of a server that has it.";

    /// <summary>Where the throw-away server of this process is, behind the advice for a full disk.</summary>
    internal static string FullPlace(string place) => $" It is the throw-away server of this process: its folder {place}.";

    /// <param name="folder">The folder of what is kept between runs.</param>
    /// <param name="cause">What went wrong.</param>
    internal static PostgreSqlUnavailableException ClusterNotMade(FolderRoom folder, PostgreSqlUnavailableException cause) => new(
        $"{cause.Message}{Environment.NewLine}What is kept between runs {folder}. Make room there, or let {PostgreSqlEnvironment.Cache} lead to another folder.",
        cause);

    /// <param name="host">The server.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="cause">The driver's exception.</param>
    /// <param name="place">Of a throw-away server: where it lives, what is free there and who has chosen that.</param>
    internal static PostgreSqlUnavailableException ServerUnreachable(string host, DriverFault fault, Exception cause, string? place = null)
    {
        var code = fault.Code is null ? string.Empty : $" (SQLSTATE {fault.Code})";
        var advice = fault switch
        {
            { Code: PostgresErrorCodes.InsufficientPrivilege } => "Let its user create databases (ALTER ROLE ... CREATEDB), or connect as one that may.",
            { Fault: DatabaseFault.Full } when place is not null => Full(place),
            _ => fault.Advice,
        };
        return new($"No test database can be created on the PostgreSQL server '{host}': {fault.Cause}{code}. {advice}", cause);
    }

    internal static string NotDropped(string database, string host, DriverFault fault) =>
        $"The test database '{database}' on the PostgreSQL server '{host}' could not be dropped: {fault.Cause}. It is left, and the next test process that "
        + "uses the server drops it.";

    private static bool IsFull(string log) => log.Contains("No space left", StringComparison.Ordinal);

    private static string Log(string log) =>
        log.Length == 0 ? "It has written no log." : $"The end of its log:{Environment.NewLine}{log}";

    private static string Lower(string advice) => char.ToLowerInvariant(advice[0]) + advice[1..];
}
