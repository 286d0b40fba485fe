using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Relocation.Testing.Engines;

namespace Relocation.Testing.PostgreSql.Statements;

/// <summary>The meaning of PostgreSQL's SQLSTATEs and the driver's own failures: the one place that translates them into causes and advice.</summary>
internal static class PostgreSqlFaults
{
    private const string ReadOnlySql = "25006";

    /// <summary>The class of errors of PL/pgSQL.</summary>
    private const string ProceduralClass = "P0";

    /// <summary>What the server's functions are called that raise errors for code in PL/pgSQL, PL/Python, PL/Perl and PL/Tcl.</summary>
    private static readonly string[] Raisers = ["exec_stmt_raise", "exec_stmt_assert", "PLy_", "plperl_", "pltcl_"];

    /// <summary>The advice if another session held a lock for too long.</summary>
    internal const string EndOthers =
        "End its transaction (pg_terminate_backend ends a session), or wait longer (WaitLimit, --wait-limit).";

    /// <summary>What the server or the driver said within an exception, or null where that is another matter.</summary>
    internal static DriverFault? Within(Exception exception) => DatabaseEngine.FaultWithin(exception, Of);

    internal static DriverFault? Of(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refusal when IsRaised(refusal) => Refused(
            refusal.SqlState, "a trigger or function refuses it", "Change what it refuses; the inner exception has its own words, which may hold values."),
        PostgresException refusal => Of(refusal.SqlState, IsRaised(refusal) ? string.Empty : refusal.MessageText),
        NpgsqlOperationInProgressException => Refused(
            null, "the connection is still busy with another command", "Read and dispose what was begun on it first, or give another connection."),
        NpgsqlException failure => OfDriver(failure),

        // The driver's message when a connection has broken.
        ObjectDisposedException when exception.Source == "Npgsql" => Lost(null),
        InvalidOperationException when exception.Source == "Npgsql" && exception.Message.Contains("not open", StringComparison.Ordinal) => Lost(null),
        _ => null,
    };

    /// <summary>
    /// Whether the code of a trigger or a function has raised the error. It chooses any code and any words, which may hold values, and the names of
    /// table, column and constraint too.
    /// </summary>
    internal static bool IsRaised(PostgresException refusal) =>
        refusal.SqlState.StartsWith(ProceduralClass, StringComparison.Ordinal)
        || (refusal.Routine is { } routine && Array.Exists(Raisers, raiser => routine.StartsWith(raiser, StringComparison.Ordinal)));

    /// <param name="state">The SQLSTATE.</param>
    /// <param name="words">The server's words; empty where they may hold values.</param>
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
                "Make room where the server keeps its data, its log and its temporary files (SHOW data_directory, log_directory and temp_tablespaces say where), or use "
                + "another server."),
            PostgresErrorCodes.OutOfMemory => new(
                DatabaseFault.OutOfMemory, state, $"the server has not enough memory{said}", "Free memory on the server, or import less at once."),
            PostgresErrorCodes.TooManyConnections => new(
                DatabaseFault.TooManyConnections,
                state,
                "the server has no connection left",
                "Let fewer tests run at once (MaxDatabases), end sessions that nobody needs, or raise max_connections."),
            PostgresErrorCodes.LockNotAvailable => new(
                DatabaseFault.Locked,
                state,
                "another session holds a lock, and did not end in time",
                "End its transaction: pg_stat_activity and pg_locks show who it is. lock_timeout says how long is waited."),
            PostgresErrorCodes.ObjectInUse => new(
                DatabaseFault.Locked,
                state,
                $"something that has to be changed is in use{said}",
                "End other sessions that use it (pg_stat_activity shows them), or what this one still has open: readers, and checks that its transaction has put off."),
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

    /// <summary>The server's words where they hold no values, else where they are.</summary>
    internal static string WordsOf(PostgresException refusal) => TellsNoValues(refusal.SqlState) && !IsRaised(refusal)
        ? refusal.MessageText
        : $"it refuses (SQLSTATE {refusal.SqlState}); the inner exception has its own words, which may hold values";

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
        SocketException => NotReached(),

        // Of several servers the first one's answer stands for all; they are asked in the order of the connection string.
        AggregateException { InnerExceptions: [var first, ..] } => Of(first) ?? NotReached(),
        AuthenticationException => NotEncrypted(),
        null when Says(failure, "password") => new(
            DatabaseFault.NotAllowed,
            null,
            "the server asks for a password, and none was given",
            "Give one: Password or Passfile in the connection string, or PGPASSWORD or PGPASSFILE in the environment."),
        null when Says(failure, "SSL") => NotEncrypted(),
        null when Says(failure, "suitable host") => NotReached(),
        _ => Lost(null),
    };

    /// <summary>Whether the driver's words, which it has in English only, have one in them.</summary>
    private static bool Says(NpgsqlException failure, string word) => failure.Message.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static DriverFault NotReached() => new(
        DatabaseFault.Unreachable,
        null,
        "the server cannot be reached",
        "Correct host and port, and see to it that the server runs and takes connections.");

    private static DriverFault NotEncrypted() => new(
        DatabaseFault.Unreachable,
        null,
        "the server and the connection string do not agree on encryption",
        "Correct SSL Mode and Root Certificate in the connection string, or ssl and its certificate on the server.");

    private static DriverFault Lost(string? state) => new(
        DatabaseFault.ConnectionLost,
        state,
        "the connection to the server broke: the server ended, or somebody or a time limit has ended the session",
        "Look at the server's log, and try again.");

    private static DriverFault Refused(string? state, string cause, string advice) => new(DatabaseFault.Refused, state, cause, advice);

    private static string Words(string state, string words) =>
        TellsNoValues(state) && words.Length > 0 ? $": {words.TrimEnd('.')}" : string.Empty;
}
