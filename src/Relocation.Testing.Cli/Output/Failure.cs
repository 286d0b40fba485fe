using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Relocation.Testing.Cli.Output;

/// <summary>How a command failed: what its caller is told, and with which exit code.</summary>
internal sealed record Failure
{
    internal required int ExitCode { get; init; }

    /// <summary>What failed, in one word for programs.</summary>
    internal required string Kind { get; init; }

    internal required string Message { get; init; }

    /// <summary>The backup's problems, when it has some.</summary>
    internal IReadOnlyList<BackupProblem> Problems { get; init; } = [];

    /// <summary>What it means that the user interrupted a command.</summary>
    /// <param name="exception">What the command then threw.</param>
    internal static Failure OfCancelled(Exception exception) => new()
    {
        ExitCode = Cli.ExitCode.Cancelled,
        Kind = "cancelled",
        Message = exception is InterruptedImportException interrupted ? Errors.CancelledAfter(interrupted.Message) : Errors.Cancelled(),
    };

    /// <summary>What an exception means for the user.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="verbose">Whether the exception itself is wanted, with all that caused it.</param>
    internal static Failure Of(Exception exception, bool verbose)
    {
        var failure = Of(exception);
        return verbose ? failure with { Message = $"{failure.Message}{Environment.NewLine}{exception}" } : failure;
    }

    private static Failure Of(Exception exception) => exception switch
    {
        InterruptedImportException { InnerException: { } cause } => After(Of(cause), exception.Message),
        UsageException => Make(Cli.ExitCode.Usage, "usage", exception.Message),
        EnvironmentException => Make(Cli.ExitCode.Environment, "environment", exception.Message),
        UnsafeDatabaseException refused => Make(Cli.ExitCode.Finding, "unsafeDatabase", Errors.UnsafeDatabase(refused)),
        PostgreSqlUnavailableException => Make(Cli.ExitCode.Environment, "environment", exception.Message),
        BackupFormatException { InnerException: IOException or UnauthorizedAccessException }
            or ExportException { InnerException: IOException or UnauthorizedAccessException }
            or EncryptionException { InnerException: IOException or UnauthorizedAccessException } => Make(
                Cli.ExitCode.Environment, "environment", exception.Message),
        BackupFormatException format => Make(Cli.ExitCode.Finding, "backupFormat", format.Message) with { Problems = format.Problems },
        ImportException import => OfImport(import),
        RelocationModelException => Make(Cli.ExitCode.Finding, "model", exception.Message),
        ExportException => Make(Cli.ExitCode.Finding, "export", exception.Message),
        EncryptionException => Make(Cli.ExitCode.Finding, "encryption", exception.Message),
        ResetException => Make(Cli.ExitCode.Finding, "reset", exception.Message),
        RelocationException => Make(Cli.ExitCode.Finding, "refused", exception.Message),
        _ => OfUnexpected(exception),
    };

    private static Failure After(Failure failure, string state) =>
        failure with { Message = $"{failure.Message}{Environment.NewLine}{state}" };

    private static Failure OfImport(ImportException exception)
    {
        var hint = exception.Problems.Any(problem => problem.Kind == BackupProblemKind.UnresolvedReference)
            ? Environment.NewLine + Errors.UnresolvedHint()
            : string.Empty;
        return Make(Cli.ExitCode.Finding, "import", exception.Message + hint) with { Problems = exception.Problems };
    }

    private static Failure OfUnexpected(Exception exception)
    {
        var isEnvironment = exception is IOException or UnauthorizedAccessException || (exception is DbException database && IsEnvironment(database));
        return isEnvironment
            ? Make(Cli.ExitCode.Environment, "environment", exception.Message)
            : Make(Cli.ExitCode.Environment, "unexpected", Errors.Unexpected(exception, MessageOf(exception)));
    }

    /// <summary>Whether a database's error is about reaching or storing, and not about what was asked of it.</summary>
    private static bool IsEnvironment(DbException exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState[..2] is "08" or "28" or "3D" or "53" or "57" or "58" || postgres.SqlState == "42501",
        NpgsqlException => true,

        // Rights, locks, read-only files, disks that fail or are full, and files that are no databases.
        SqliteException sqlite => sqlite.SqliteErrorCode is 3 or 5 or 6 or 8 or 10 or 11 or 13 or 14 or 23 or 26,
        _ => false,
    };

    /// <summary>A server's refusal may quote values, so only its code is shown.</summary>
    private static string MessageOf(Exception exception) => exception switch
    {
        PostgresException postgres => $"the server refused a statement with SQLSTATE {postgres.SqlState}.",
        _ => exception.Message,
    };

    private static Failure Make(int exitCode, string kind, string message) => new() { ExitCode = exitCode, Kind = kind, Message = message };
}
