using System.Data.Common;
using System.Net;
using Microsoft.Extensions.Logging;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing;

/// <summary>How backups of Sentry are imported.</summary>
public sealed record SentryImportOptions
{
    /// <summary>The model set: one of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</summary>
    public string Version { get; init; } = SentryModel.Head;

    /// <summary>
    /// How the records are imported. Sentry's rules decide themselves of scope, known keys and the identity of the import, which are refused here; what is
    /// declared of single models and of older backups is added, and rules run after Sentry's. The options below that <see cref="ImportOptions"/> has as well are
    /// parts of this one, so that it stands first where both are given. Default: as the options below say.
    /// </summary>
    /// <exception cref="ArgumentException">It has an option that Sentry's rules decide; the message names it.</exception>
    public ImportOptions Import { get; init => field = SentryRules.Accept(value); } = new() { UnresolvedReferences = UnresolvedReferencePolicy.Drop };

    /// <summary>The choices that Sentry itself offers. Default: none is set.</summary>
    public SentryImportFlags Flags { get; init; } = new();

    /// <summary>The half of a split deployment that the import pretends to run in. Default: both halves in one.</summary>
    public SentrySilo Silo { get; init; }

    /// <summary>
    /// What happens to a record whose reference leads nowhere. Default: it is dropped, as in Sentry, and reported, unlike in Sentry. A
    /// member's inviter is always set to null.
    /// </summary>
    public UnresolvedReferencePolicy UnresolvedReferences { get => Import.UnresolvedReferences; init => Import = Import with { UnresolvedReferences = value }; }

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
    public int ChunkSize { get => Import.ChunkSize; init => Import = Import with { ChunkSize = value }; }

    /// <summary>
    /// Whether each chunk is committed by itself, so that an interrupted import continues where it stopped: the same call, with the same
    /// <see cref="SentryImportFlags.ImportUuid"/> (which must be given), backup and options, ends with the map and rows of an uninterrupted
    /// import. See <see cref="ImportOptions.ResumeId"/>. Default: no, an import is one transaction.
    /// </summary>
    public bool IsResumable { get; init; }

    /// <summary>Stops the import at a chosen point.</summary>
    internal ImportStop? Stop { get => Import.Stop; init => Import = Import with { Stop = value }; }

    /// <summary>
    /// Checks, in the import's transaction, whether the import may go on: after each chunk that is committed by itself, and after the last
    /// row. If it throws, nothing is committed. Default: nothing is checked.
    /// </summary>
    internal Func<DbTransaction, CancellationToken, Task>? Confirm { get; init; }

    /// <summary>
    /// What happens to records that would give somebody more access in this version than in theirs; see <see cref="WideningPolicy"/> and
    /// docs/sentry-versions.md. Suspended users have an option of their own. Default: as each rule says.
    /// </summary>
    public WideningPolicy Widening { get; init; }

    /// <summary>
    /// What happens to suspended users in versions that know no suspension; <see cref="WideningPolicy.Nearest"/> imports them inactive. Default: as the
    /// rule says, the import is refused.
    /// </summary>
    public WideningPolicy SuspendedUsers { get; init; }

    /// <summary>What happens to records of unknown models. Default: they are left out and reported.</summary>
    public DriftPolicy UnknownModels { get => Import.UnknownModels; init => Import = Import with { UnknownModels = value }; }

    /// <summary>What the database's own triggers do. Default: they fire.</summary>
    public TriggerPolicy Triggers { get => Import.Triggers; init => Import = Import with { Triggers = value }; }

    /// <summary>
    /// What happens if scope and filters leave out every record of a backup; see <see cref="ImportOptions.NothingTaken"/>. Default: it is
    /// reported.
    /// </summary>
    public DriftPolicy NothingTaken { get => Import.NothingTaken; init => Import = Import with { NothingTaken = value }; }

    /// <summary>What happens to unknown fields. Default: they are left out and reported.</summary>
    public DriftPolicy UnknownFields { get => Import.UnknownFields; init => Import = Import with { UnknownFields = value }; }

    /// <summary>What happens if records lack a field. Default: the default is applied and reported.</summary>
    public DriftPolicy AbsentFields { get => Import.AbsentFields; init => Import = Import with { AbsentFields = value }; }

    /// <summary>
    /// Whether texts in options, authenticators and rules are JSON, as up to 24.9, or plain texts, as in newer backups. Default: the backup
    /// as a whole decides, and the result says how.
    /// </summary>
    public JsonTextReading JsonTexts { get => Import.JsonTexts; init => Import = Import with { JsonTexts = value }; }

    /// <summary>Whether the pk map keeps each record's references, which its snapshot shows. Default: no.</summary>
    public bool KeepReferences { get => Import.KeepReferences; init => Import = Import with { KeepReferences = value }; }

    /// <summary>The seed of generated values: the same seed gives the same values. Default: 0.</summary>
    public long Seed { get => Import.Seed; init => Import = Import with { Seed = value }; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Clock { get => Import.Clock; init => Import = Import with { Clock = value }; }

    /// <summary>Whether messages may contain field values and text keys, which may be personal data. Default: no.</summary>
    public bool IncludeValuesInErrors { get => Import.IncludeValuesInErrors; init => Import = Import with { IncludeValuesInErrors = value }; }

    /// <summary>Limits on what is read. Default: <see cref="BackupLimits.Default"/>.</summary>
    public BackupLimits Limits { get => Import.Limits; init => Import = Import with { Limits = value }; }

    /// <summary>How long to wait for others that have locked the tables; <see cref="Logger"/> receives who they are. Default: 5 minutes.</summary>
    public TimeSpan? WaitLimit { get => Import.WaitLimit; init => Import = Import with { WaitLimit = value }; }

    /// <summary>Receives the progress of the import. Default: none.</summary>
    public IProgress<ImportProgress>? Progress { get => Import.Progress; init => Import = Import with { Progress = value }; }

    /// <summary>Where steps and their durations are logged. Default: nowhere.</summary>
    public ILogger Logger { get => Import.Logger; init => Import = Import with { Logger = value }; }

    /// <summary>These options for the import of a relocation, which sets some of them and is not stopped.</summary>
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
        };
}
