using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing;

/// <summary>What an import takes, and what it does with what does not fit.</summary>
public sealed record ImportOptions
{
    /// <summary>The scopes that are imported. Default: everything.</summary>
    [Option(OptionKind.Rows, Argument = "--scope")]
    public ImportScope Scope { get; init; } = ImportScope.Everything;

    /// <summary>What happens to a record whose reference leads nowhere. Default: the import fails.</summary>
    [Option(OptionKind.Rows, Argument = "--unresolved")]
    public UnresolvedReferencePolicy UnresolvedReferences { get; init; } = UnresolvedReferencePolicy.Fail;

    /// <summary>
    /// What happens to a record whose unique values are taken, for models that do not say so themselves. Default: none is looked for, and
    /// the import fails when the database refuses a row.
    /// </summary>
    [Option(OptionKind.Rows, Argument = "--on-collision")]
    public CollisionPolicy? OnCollision { get; init; }

    /// <summary>
    /// What becomes of the database's own triggers, for models that do not say so themselves (<see cref="ModelOptions.Triggers"/>). Default: they
    /// fire.
    /// </summary>
    [Option(OptionKind.Rows, Argument = "--triggers")]
    public TriggerPolicy Triggers { get; init; } = TriggerPolicy.Fire;

    /// <summary>What is different for single models: keys, collisions, references, filters, rules. Default: nothing.</summary>
    [Option(OptionKind.Rows)]
    public IReadOnlyDictionary<ModelLabel, ModelOptions> Models { get; init; } = new Dictionary<ModelLabel, ModelOptions>();

    /// <summary>
    /// What became of records that were imported before, so that a backup can come in several parts: a reference to a record that
    /// the backup does not hold leads to the row of this map. Default: nothing was.
    /// </summary>
    [Option(OptionKind.Rows)]
    public PrimaryKeyMap? KnownKeys { get; init; }

    /// <summary>Rules that take part in the import as a whole. Default: none.</summary>
    [Option(OptionKind.Rows)]
    public IReadOnlyList<ImportRule> Rules { get; init; } = [];

    /// <summary>What happens to records of unknown models. Default: they are left out and reported.</summary>
    [Option(OptionKind.Rows, Argument = "--refuse-unknown-models")]
    public DriftPolicy UnknownModels { get; init; } = DriftPolicy.Report;

    /// <summary>
    /// What happens when the backup holds records and none is taken, since scope and filters leave them out. A backup of which not one model is
    /// known is always refused, and an empty one never is. Default: nothing is written, and <see cref="ImportResult.Findings"/> says so.
    /// </summary>
    [Option(OptionKind.Rows)]
    public DriftPolicy NothingTaken { get; init; } = DriftPolicy.Report;

    /// <summary>What happens to unknown fields. Default: they are left out and reported.</summary>
    [Option(OptionKind.Rows, Argument = "--refuse-unknown-fields")]
    public DriftPolicy UnknownFields { get; init; } = DriftPolicy.Report;

    /// <summary>
    /// What happens where records lack a field that then becomes null or takes a default that no rule declares. Default: it does,
    /// and is reported.
    /// </summary>
    [Option(OptionKind.Rows, Argument = "--refuse-absent-fields")]
    public DriftPolicy AbsentFields { get; init; } = DriftPolicy.Report;

    /// <summary>
    /// What differs in the backups, besides what the model declares: renamed labels and fields, added defaults, dropped fields.
    /// Where a rule was applied, the result says so, and no policy refuses it. Default: nothing.
    /// </summary>
    [Option(OptionKind.Rows, Argument = "--rules, --rule")]
    public IReadOnlyList<BackupRule> BackupRules { get; init; } = [];

    /// <summary>
    /// What texts in fields of <see cref="FieldEncoding.JsonText"/> mean, which older backups of Sentry hold JSON in. Default: the backup as a whole
    /// decides, and the result says how.
    /// </summary>
    [Option(OptionKind.Rows, Argument = "--json-texts")]
    public JsonTextReading JsonTexts { get; init; }

    /// <summary>
    /// How many records of one model are written together. Default: 1,000. The result does not depend on it.
    /// </summary>
    [Option(OptionKind.Chunks, Argument = "--chunk-size")]
    public int ChunkSize { get; init; } = 1_000;

    /// <summary>
    /// The identity of a resumable import; null imports in one transaction. With an identity each chunk is committed by itself and remembered
    /// in the tables <c>relocation_import</c> and <c>relocation_import_chunk</c>, which are made where they are missing. When the import is
    /// interrupted, the same call goes on after the last committed chunk and ends with the map and the rows of an import that was not
    /// interrupted; when it had ended, its result is given again. A changed backup, changed options or a changed model are refused. Default:
    /// null.
    /// </summary>
    /// <remarks>
    /// Foreign keys are checked row by row, and hold after every chunk. Records of models that refer to each other by foreign keys which can
    /// neither be null nor wait are committed together, whatever <see cref="ChunkSize"/> says. In between, nobody else should write to the
    /// tables.
    /// </remarks>
    [Option(OptionKind.Attempt)]
    public Guid? ResumeId { get; init; }

    /// <summary>
    /// How long others are waited for that have locked what the import needs. After a second <see cref="Logger"/> is told who they are, and at the
    /// end a <see cref="DatabaseException"/> says so; zero waits for nobody. It counts instead of time limits of the connection. Default: that of the
    /// test database (<see cref="DatabaseOptions.WaitLimit"/>), else 5 minutes.
    /// </summary>
    [Option(OptionKind.Watching)]
    public TimeSpan? WaitLimit { get; init; }

    /// <summary>
    /// What is done first in the import's transaction, before its first look at the tables: for instance, making them. It is taken back when the
    /// import fails; with <see cref="ResumeId"/> it is done by every attempt, and stays when the first chunk is committed. Not for
    /// imports within a transaction of the caller's, who can do it there. Default: nothing.
    /// </summary>
    [Option(OptionKind.Attempt)]
    internal Func<DbTransaction, CancellationToken, Task>? Prepare { get; init; }

    /// <summary>
    /// Stops the import at a chosen point, for tests of programs that interrupt imports and go on with <see cref="ResumeId"/>. Default: nothing does.
    /// </summary>
    [Option(OptionKind.Attempt)]
    public ImportStop? Stop { get; init; }

    /// <summary>What generated values (Guids, tokens) are made from: the same seed gives the same values. Default: 0.</summary>
    [Option(OptionKind.Rows, Argument = "--seed")]
    public long Seed { get; init; }

    /// <summary>The clock for fields that default to the moment of the import. Default: the system's.</summary>
    [Option(OptionKind.Attempt)]
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether the pk map keeps each record's references, which its snapshot shows. Default: no, as it costs memory with every
    /// reference.
    /// </summary>
    [Option(OptionKind.Looks)]
    public bool KeepReferences { get; init; }

    /// <summary>
    /// Whether the pk map keeps the values of fields that a <see cref="CollisionPolicy.Suffix"/> or
    /// <see cref="CollisionPolicy.Regenerate"/> may change, which its snapshot then shows; without, it shows whether a value was kept. Backups may
    /// hold personal data. Default: no.
    /// </summary>
    [Option(OptionKind.Looks)]
    public bool IncludeNames { get; init; }

    /// <summary>Whether messages may hold field values and text keys. Backups may hold personal data. Default: no.</summary>
    [Option(OptionKind.Looks)]
    public bool IncludeValuesInErrors { get; init; }

    /// <summary>Limits on what is read. Default: <see cref="BackupLimits.Default"/>.</summary>
    [Option(OptionKind.Attempt)]
    public BackupLimits Limits { get; init; } = BackupLimits.Default;

    /// <summary>Hears how far the import is, at most some ten times a second. Default: none.</summary>
    [Option(OptionKind.Watching)]
    public IProgress<ImportProgress>? Progress { get; init; }

    /// <summary>Where steps and their durations are logged. Default: nowhere.</summary>
    [Option(OptionKind.Watching)]
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
