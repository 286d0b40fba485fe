using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Relocation.Testing;

/// <summary>How databases of Sentry are exported.</summary>
public sealed record SentryExportOptions
{
    /// <summary>The model set: one of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</summary>
    public string Version { get; init; } = SentryModel.Head;

    /// <summary>The half of a split deployment that the export pretends to run in. Default: both halves in one.</summary>
    public SentrySilo Silo { get; init; }

    /// <summary>
    /// Whether options that describe only the installation (its id, versions and workers) are left out of a global export too. The other
    /// scopes always leave them out. Default: no, as Sentry does.
    /// </summary>
    public bool LeaveOutVolatileOptions { get; init; }

    /// <summary>The number of spaces for each level of indentation; 0 writes everything on one line. Default: 2.</summary>
    public int Indentation { get; init; } = 2;

    /// <summary>Keeps each model's records for another attempt (docs/sentry-import.md, section 7.4). Default: none.</summary>
    public ExportCheckpoint? Checkpoint { get; init; }

    /// <summary>How long to wait for others that have locked the tables; <see cref="Logger"/> receives who they are. Default: 5 minutes.</summary>
    public TimeSpan? WaitLimit { get; init; }

    /// <summary>Receives the progress of the export. Default: none.</summary>
    public IProgress<ExportProgress>? Progress { get; init; }

    /// <summary>Where models and their counts are logged. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
