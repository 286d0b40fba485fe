using System.Data.Common;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>Translates a refusal into Sentry's error kinds.</summary>
internal static class Refusals
{
    /// <summary>The reasons; empty if the exception is about how the import was called.</summary>
    internal static IReadOnlyList<SentryImportError> Of(Exception exception) => exception switch
    {
        BackupFormatException format => [.. format.Problems.Select(Of)],
        ImportException { Problems.Count: > 0 } import => [.. import.Problems.Select(Of)],
        DbException refusal when BreaksRule(refusal) => [IntegrityError(exception)],
        ImportException { InnerException: DbException refusal } when BreaksRule(refusal) => [IntegrityError(exception)],
        ImportException or DbException or DatabaseException => [new SentryImportError { Kind = SentryImportErrorKind.DatabaseError, Reason = exception.Message }],
        SentryImportException import => import.Errors,
        ArgumentException or InvalidOperationException or OperationCanceledException or RelocationException => [],
        _ => [new SentryImportError { Kind = SentryImportErrorKind.Unknown, Reason = exception.Message }],
    };

    /// <summary>
    /// Whether a unique set, foreign key, check or not-null column refused a row: class 23 of SQL; SQLite has no class, but says so.
    /// </summary>
    internal static bool BreaksRule(DbException exception) =>
        exception.SqlState?.StartsWith("23", StringComparison.Ordinal)
        ?? exception.Message.Contains("constraint failed", StringComparison.Ordinal);

    private static SentryImportError IntegrityError(Exception exception) =>
        new() { Kind = SentryImportErrorKind.IntegrityError, Reason = exception.Message };

    private static SentryImportError Of(BackupProblem problem) => new()
    {
        Kind = KindOf(problem.Kind),
        On = problem.Place.Model is { } model ? new InstanceId(model, problem.Place.Ordinal) : null,
        LeftPk = problem.Place.Key is { Kind: RecordKeyKind.Integer } key ? key.AsInteger() : null,
        Reason = problem.Message,
        Place = problem.Place,
    };

    private static SentryImportErrorKind KindOf(BackupProblemKind kind) => kind switch
    {
        BackupProblemKind.RowRefused or BackupProblemKind.Collision or BackupProblemKind.UnresolvedReference =>
            SentryImportErrorKind.IntegrityError,
        BackupProblemKind.RecordRefused or BackupProblemKind.WrongValue => SentryImportErrorKind.ValidationError,
        BackupProblemKind.UnknownModel or BackupProblemKind.NothingTaken => SentryImportErrorKind.UnknownModel,
        _ => SentryImportErrorKind.DeserializationFailed,
    };
}
