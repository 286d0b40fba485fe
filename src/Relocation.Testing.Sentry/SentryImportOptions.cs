using System.Data.Common;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Relocation.Testing;

/// <summary>How backups of Sentry are imported.</summary>
public sealed record SentryImportOptions
{
    /// <summary>The model set: one of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</summary>
    public string Version { get; init; } = SentryModel.Head;

    /// <summary>The choices that Sentry itself offers. Default: none is set.</summary>
    public SentryImportFlags Flags { get; init; } = new();

    /// <summary>The half of a split deployment that the import pretends to run in. Default: both halves in one.</summary>
    public SentrySilo Silo { get; init; }

    /// <summary>
    /// What happens to a record whose reference leads nowhere. Default: it is dropped, as in Sentry, and reported, unlike in Sentry. A
    /// member's inviter is always set to null.
    /// </summary>
    public UnresolvedReferencePolicy UnresolvedReferences { get; init; } = UnresolvedReferencePolicy.Drop;

    /// <summary>
    /// Whether the passwords of users who have to claim their account are made and hashed as Sentry would, which takes a good part of a
    /// second for each. Default: no; the stored hash matches no password.
    /// </summary>
    public bool HashPasswords { get; init; }

    /// <summary>
    /// The address within new tokens of organizations, for example <c>https://sentry.example.com</c>. Default: none; a token that would
    /// have to be replaced is dropped and reported.
    /// </summary>
    public string? UrlPrefix { get; init; }

    /// <summary>Finds the region of a user's network address. Default: regions are unknown.</summary>
    public Func<IPAddress, SentryRegion?>? FindRegion { get; init; }

    /// <summary>The name of the region that organizations are registered in. Default: <c>--monolith--</c>, Sentry's own name for the only one.</summary>
    public string RegionName { get; init; } = "--monolith--";

    /// <summary>Whether a global import may clear a database that does not look like a test database. Default: no.</summary>
    public bool DangerouslyAllowAnyDatabaseName { get; init; }

    /// <summary>How many records of one model are written and remembered together. Default: 1,000. Only the ledger tables depend on it.</summary>
    public int ChunkSize { get; init; } = 1_000;

    /// <summary>
    /// Whether each chunk is committed by itself, so that an interrupted import continues where it stopped: the same call, with the same
    /// <see cref="SentryImportFlags.ImportUuid"/> (which must be given), backup and options, ends with the map and rows of an uninterrupted
    /// import. See <see cref="ImportOptions.ResumeId"/>. Default: no, an import is one transaction.
    /// </summary>
    public bool IsResumable { get; init; }

    /// <summary>Stops the import at a chosen point, for tests of interrupted imports. Default: none.</summary>
    public ImportStop? Stop { get; init; }

    /// <summary>
    /// What is done first in the import's transaction, such as creating the tables; see <see cref="ImportOptions.Prepare"/>. Default:
    /// nothing.
    /// </summary>
    public Func<DbTransaction, CancellationToken, Task>? Prepare { get; init; }

    /// <summary>
    /// Checks, in the import's transaction, whether the import may go on: after each chunk that is committed by itself, and after the last
    /// row. If it throws, nothing is committed. Default: nothing is checked.
    /// </summary>
    internal Func<DbTransaction, CancellationToken, Task>? Confirm { get; init; }

    /// <summary>What happens to records of unknown models. Default: they are left out and reported.</summary>
    public DriftPolicy UnknownModels { get; init; } = DriftPolicy.Report;

    /// <summary>What the database's own triggers do. Default: they fire.</summary>
    public TriggerPolicy Triggers { get; init; } = TriggerPolicy.Fire;

    /// <summary>
    /// What happens if scope and filters leave out every record of a backup; see <see cref="ImportOptions.NothingTaken"/>. Default: it is
    /// reported.
    /// </summary>
    public DriftPolicy NothingTaken { get; init; } = DriftPolicy.Report;

    /// <summary>What happens to unknown fields. Default: they are left out and reported.</summary>
    public DriftPolicy UnknownFields { get; init; } = DriftPolicy.Report;

    /// <summary>What happens if records lack a field. Default: the default is applied and reported.</summary>
    public DriftPolicy AbsentFields { get; init; } = DriftPolicy.Report;

    /// <summary>
    /// Whether texts in options, authenticators and rules are JSON, as up to 24.9, or plain texts, as in newer backups. Default: the backup
    /// as a whole decides, and the result says how.
    /// </summary>
    public JsonTextReading JsonTexts { get; init; }

    /// <summary>Whether the pk map keeps each record's references, which its snapshot shows. Default: no.</summary>
    public bool KeepReferences { get; init; }

    /// <summary>The seed of generated values: the same seed gives the same values. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether messages may contain field values and text keys, which may be personal data. Default: no.</summary>
    public bool IncludeValuesInErrors { get; init; }

    /// <summary>Limits on what is read. Default: <see cref="BackupLimits.Default"/>.</summary>
    public BackupLimits Limits { get; init; } = BackupLimits.Default;

    /// <summary>How long to wait for others that have locked the tables; <see cref="Logger"/> receives who they are. Default: 5 minutes.</summary>
    public TimeSpan? WaitLimit { get; init; }

    /// <summary>Receives the progress of the import. Default: none.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }

    /// <summary>Where steps and their durations are logged. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>These options for the import of a relocation, which sets some of them and ignores stop and preparation.</summary>
    internal SentryImportOptions For(
        string version,
        SentryImportFlags flags,
        long seed,
        TimeProvider clock,
        ILogger logger,
        bool isResumable = false,
        IProgress<ImportProgress>? progress = null,
        Func<DbTransaction, CancellationToken, Task>? confirm = null) => this with
        {
            Version = version,
            Flags = flags,
            Seed = seed,
            Clock = clock,
            Logger = logger,
            IsResumable = isResumable,
            Progress = progress,
            Confirm = confirm,
            Stop = null,
            Prepare = null,
        };
}
