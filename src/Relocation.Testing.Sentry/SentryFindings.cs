namespace Relocation.Testing;

/// <summary>Writes the findings file of an import, which Sentry's own tools read (docs/sentry-import.md, sections 8.6 and 11).</summary>
public static class SentryFindings
{
    /// <summary>Writes findings as an array of objects with sorted members; an empty array means success.</summary>
    /// <param name="stream">The stream for the text, in ASCII; it stays open.</param>
    /// <param name="errors">The findings.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static Task WriteAsync(Stream stream, IEnumerable<SentryImportError> errors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return new Findings(errors.Select(error => error.ToFinding())).WriteJsonAsync(stream, cancellationToken);
    }
}
