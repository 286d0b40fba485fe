using System.Data.Common;
using Relocation.Testing.Cli.Eventing;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Cli.Output;

/// <summary>The failure of a command: its message and exit code.</summary>
internal sealed record Failure
{
    internal required int ExitCode { get; init; }

    /// <summary>The kind of failure, in one word for programs.</summary>
    internal required string Kind { get; init; }

    internal required string Message { get; init; }

    /// <summary>The backup's problems, if any.</summary>
    internal IReadOnlyList<BackupProblem> Problems { get; init; } = [];

    /// <summary>The failure of an interrupted command.</summary>
    /// <param name="exception">The exception that the command threw.</param>
    internal static Failure OfCancelled(Exception exception) => new()
    {
        ExitCode = Cli.ExitCode.Cancelled,
        Kind = "cancelled",
        Message = exception is InterruptedImportException interrupted ? Errors.CancelledAfter(interrupted.Message) : Errors.Ended(),
    };

    /// <summary>The failure that an exception means for the user.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="verbose">Whether to show the exception itself, with all its causes.</param>
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
        DatabaseException { IsEnvironment: false } => Make(Cli.ExitCode.Finding, "database", exception.Message),
        DatabaseException or RelocationException { InnerException: DatabaseException { IsEnvironment: true } } => Make(
            Cli.ExitCode.Environment, "environment", exception.Message),
        RelocationException { InnerException: DbException cause } when FaultOf(cause) is { IsEnvironment: true } => Make(
            Cli.ExitCode.Environment, "environment", exception.Message),
        BackupFormatException { InnerException: IOException or UnauthorizedAccessException }
            or ExportException { InnerException: IOException or UnauthorizedAccessException }
            or EncryptionException { InnerException: IOException or UnauthorizedAccessException } => Make(
                Cli.ExitCode.Environment, "environment", exception.Message),
        BackupFormatException format => Make(Cli.ExitCode.Finding, "backupFormat", format.Message) with { Problems = format.Problems },
        ImportException import => OfImport(import),
        RelocationModelException => Make(Cli.ExitCode.Finding, "model", exception.Message),
        ExportException => Make(Cli.ExitCode.Finding, "export", exception.Message),
        EncryptionException => Make(Cli.ExitCode.Finding, "encryption", exception.Message),
        RelocationTaskException { Kind: RelocationTaskErrorKind.Storage } => Make(Cli.ExitCode.Environment, "environment", exception.Message),
        RelocationTaskException { Kind: RelocationTaskErrorKind.KeyMissing } => Make(Cli.ExitCode.Usage, "usage", exception.Message),
        RelocationTaskException { Kind: RelocationTaskErrorKind.LeaseHeld } => Make(Cli.ExitCode.Finding, "leaseHeld", exception.Message),
        RelocationTaskException => Make(Cli.ExitCode.Finding, "relocation", exception.Message),
        ResetException => Make(Cli.ExitCode.Finding, "reset", exception.Message),
        EventFileException { InnerException: IOException or UnauthorizedAccessException } => Make(Cli.ExitCode.Environment, "environment", exception.Message),
        EventFileException events => Make(Cli.ExitCode.Finding, "events", events.Message) with { Problems = [events.Problem] },
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
        if (FaultOf(exception) is { } fault)
        {
            var code = fault.Code is null ? string.Empty : $" ({fault.Code})";
            return Make(
                fault.IsEnvironment ? Cli.ExitCode.Environment : Cli.ExitCode.Finding,
                fault.IsEnvironment ? "environment" : "database",
                Errors.DatabaseFailed($"{fault.Cause}{code}. {fault.Advice}"));
        }

        return exception is IOException or UnauthorizedAccessException
            ? Make(Cli.ExitCode.Environment, "environment", exception.Message)
            : Make(Cli.ExitCode.Environment, "unexpected", Errors.Unexpected(exception, exception.Message));
    }

    /// <summary>The failure that a driver's exception means, for commands that query databases directly.</summary>
    private static DriverFault? FaultOf(Exception exception) =>
        SqliteEngine.Instance.FaultWithin(exception) ?? PostgreSqlEngine.Instance.FaultWithin(exception);

    private static Failure Make(int exitCode, string kind, string message) => new() { ExitCode = exitCode, Kind = kind, Message = message };
}
