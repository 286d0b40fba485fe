namespace Relocation.Testing;

/// <summary>The result of exporting one model: its records, or an error.</summary>
public sealed class SentryModelExportResult
{
    internal SentryModelExportResult(SentryExportError error) => Error = error;

    internal SentryModelExportResult(ExportResult result) => Result = result;

    /// <summary>Why nothing was exported, or null.</summary>
    public SentryExportError? Error { get; }

    /// <summary>What was exported, or null when there is an error.</summary>
    public ExportResult? Result { get; }
}
