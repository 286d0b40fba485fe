namespace Relocation.Testing;

/// <summary>An import of a backup of Sentry was refused. The database is as it was.</summary>
public sealed class SentryImportException : RelocationException
{
    internal SentryImportException(string message, IReadOnlyList<SentryImportError> errors, Exception? innerException = null)
        : base(message, innerException) => Errors = errors;

    /// <summary>The reasons, at most ten of them, in the order in which they were found; never empty.</summary>
    public IReadOnlyList<SentryImportError> Errors { get; }

    /// <summary>The first reason.</summary>
    public SentryImportError Error => Errors[0];

    /// <summary>What helps if the database refused a row; null for other errors.</summary>
    public string? Hint => Errors.Any(error => error.Kind == SentryImportErrorKind.IntegrityError) ? Sentry.Errors.IntegrityHint() : null;
}
