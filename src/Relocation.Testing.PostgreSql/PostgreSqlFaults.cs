using System.Net.Sockets;
using Npgsql;
using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql;

/// <summary>What PostgreSQL's SQLSTATEs and the driver's own failures mean: the one place that turns them into causes and advice.</summary>
internal static class PostgreSqlFaults
{
    private const string ReadOnlySql = "25006";

    internal static DriverFault? Of(Exception exception) => exception switch
    {
        PostgresException refusal => Of(refusal.SqlState, refusal.MessageText),
        NpgsqlOperationInProgressException => Refused(
            null, "the connection is still busy with another command", "Read and dispose what was begun on it first, or give another connection."),
        NpgsqlException failure => OfDriver(failure),

        // What the driver says once a connection has broken under it.
        ObjectDisposedException when exception.Source == "Npgsql" => Lost(null),
        InvalidOperationException when exception.Source == "Npgsql" && exception.Message.Contains("not open", StringComparison.Ordinal) => Lost(null),
        _ => null,
    };

    /// <param name="state">The SQLSTATE.</param>
    /// <param name="words">The server's words.</param>
    internal static DriverFault Of(string state, string words)
    {
        var said = Words(state, words);
        return state switch
        {
            ReadOnlySql => new(
                DatabaseFault.ReadOnly,
                state,
                "the server takes no writes in this session: it is a standby, or default_transaction_read_only is on for the server, the database or the role",
                "Connect to the primary, or switch the setting off: ALTER DATABASE ... or ALTER ROLE ... SET default_transaction_read_only = off."),
            PostgresErrorCodes.DiskFull => new(
                DatabaseFault.Full,
                state,
                $"the server's disk is full{said}",
                "Make room where the server keeps its data, its log and its temporary files, or use another server."),
            PostgresErrorCodes.OutOfMemory => new(
                DatabaseFault.OutOfMemory, state, $"the server has not enough memory{said}", "Free memory on the server, or import less at once."),
            PostgresErrorCodes.TooManyConnections => new(
                DatabaseFault.TooManyConnections,
                state,
                "the server has no connection left",
                "Let fewer tests run at once (MaxDatabases), end sessions that nobody needs, or raise max_connections."),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ObjectInUse => new(
                DatabaseFault.Locked,
                state,
                "another session holds a lock, and did not end in time",
                "End its transaction: pg_stat_activity and pg_locks show who it is. lock_timeout says how long is waited."),
            PostgresErrorCodes.DeadlockDetected => new(
                DatabaseFault.Deadlock,
                state,
                "another session wrote to the same tables, and the two waited for each other",
                "Let whatever else writes to the database end first, and try again."),
            PostgresErrorCodes.SerializationFailure => new(
                DatabaseFault.Deadlock,
                state,
                "another session has changed the same rows meanwhile",
                "Let whatever else writes to the database end first, and try again."),
            PostgresErrorCodes.QueryCanceled => new(
                DatabaseFault.TimedOut,
                state,
                "the server ended a statement: statement_timeout has passed, or somebody has cancelled it",
                "Raise statement_timeout for the role or the session, or find out who cancels."),
            PostgresErrorCodes.CannotConnectNow => new(
                DatabaseFault.Unreachable, state, $"the server is starting or stopping{said}", "Wait until it is ready, or look at its log."),
            PostgresErrorCodes.InsufficientPrivilege => new(
                DatabaseFault.NotAllowed,
                state,
                $"the role lacks a right{said}",
                "Grant it what is missing, or connect as the owner of the tables."),
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => new(
                DatabaseFault.Damaged, state, "the server's files are damaged", "Look at the server's log, and make the database anew."),
            "57P01" or "57P02" or "57P04" or "57P05" or "25P03" => Lost(state),
            _ => state[..2] switch
            {
                "08" => Lost(state),
                "28" => new(
                    DatabaseFault.NotAllowed, state, "the server does not let this role connect", "Correct the user and its password, or pg_hba.conf."),
                "3D" => new(DatabaseFault.Unreachable, state, $"there is no such database{said}", "Correct its name, or create it."),
                "53" => new(DatabaseFault.Full, state, $"the server has come to one of its limits{said}", "Free the server, or raise the limit."),
                "55" => new(DatabaseFault.Locked, state, $"something is not as it has to be for this{said}", "End other sessions of the database, and try again."),
                "57" => new(DatabaseFault.ConnectionLost, state, $"somebody has intervened{said}", "Look at the server's log, and try again."),
                "58" or "F0" => new(
                    DatabaseFault.Damaged, state, $"the server could not use its own files{said}", "Look at the server's log and at its disk."),
                _ => Refused(state, $"PostgreSQL refused a statement{said}", "Correct what it names; the inner exception has its own words, which may hold values."),
            },
        };
    }

    /// <summary>
    /// Whether the server's words for such a code name objects of the schema only. Constraint violations name constraints in their message and rows
    /// in their detail; class 22 (data) and messages of triggers may repeat values.
    /// </summary>
    internal static bool TellsNoValues(string state) =>
        state[..2] is "08" or "0A" or "23" or "25" or "3D" or "3F" or "40" or "42" or "53" or "54" or "55" or "57" or "58";

    private static DriverFault OfDriver(NpgsqlException failure) => failure.InnerException switch
    {
        TimeoutException when failure.Message.Contains("pool", StringComparison.Ordinal) => new(
            DatabaseFault.TooManyConnections,
            null,
            "all connections of the driver's pool are in use",
            "Dispose connections and contexts that tests have opened, or raise Maximum Pool Size in the connection string."),
        TimeoutException => new(
            DatabaseFault.TimedOut,
            null,
            "the server did not answer in time; it may wait for a lock that another session holds",
            "End that session, or wait longer: Command Timeout and Timeout in the connection string, in seconds."),
        SocketException => new(
            DatabaseFault.Unreachable,
            null,
            "the server cannot be reached",
            "Correct host and port, and see to it that the server runs and takes connections."),
        _ => Lost(null),
    };

    private static DriverFault Lost(string? state) => new(
        DatabaseFault.ConnectionLost,
        state,
        "the connection to the server broke: the server ended, or somebody or a time limit has ended the session",
        "Look at the server's log, and try again.");

    private static DriverFault Refused(string? state, string cause, string advice) => new(DatabaseFault.Refused, state, cause, advice);

    private static string Words(string state, string words) =>
        TellsNoValues(state) && words.Length > 0 ? $": {words.TrimEnd('.')}" : string.Empty;
}
