using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Relocation.Testing;

/// <summary>How databases of Sentry are exported.</summary>
public sealed record SentryExportOptions
{
    /// <summary>The model set: one of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</summary>
    public string Version { get; init; } = SentryModel.Head;

    /// <summary>The half of a split deployment that the export pretends to run in. Default: both in one.</summary>
    public SentrySilo Silo { get; init; }

    /// <summary>
    /// Whether options that say something about the installation alone (its id, its versions, its workers) are left out of a global export
    /// too. The other scopes always leave them out. Default: no, as Sentry does.
    /// </summary>
    public bool LeaveOutVolatileOptions { get; init; }

    /// <summary>By how many spaces each level is indented; 0 puts everything on one line. Default: 2.</summary>
    public int Indentation { get; init; } = 2;

    /// <summary>Keeps each model's records for another attempt (docs/sentry-import.md, section 7.4). Default: nothing does.</summary>
    public ExportCheckpoint? Checkpoint { get; init; }

    /// <summary>
    /// How long others are waited for that have locked the tables; <see cref="Logger"/> is told who they are. Default: 5 minutes.
    /// </summary>
    public TimeSpan? WaitLimit { get; init; }

    /// <summary>Hears how far the export is. Default: none.</summary>
    public IProgress<ExportProgress>? Progress { get; init; }

    /// <summary>Where models and their counts are logged. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
