using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The options that each set one of <see cref="ImportOptions"/>.</summary>
internal sealed class ImportOptionsReader
{
    private const string SetNull = "set-null";
    private const string HoldBack = "hold-back";

    private static readonly ImportOptions Defaults = new();

    private readonly Option<string?> _unresolved = new("--unresolved")
    {
        Description = "What happens to a record whose reference leads nowhere: the import fails, the record is dropped, or the reference is set to "
            + "null. Default: fail; drop where records are imported as Sentry does.",
    };

    private readonly Option<string?> _onCollision = new("--on-collision")
    {
        Description = "What happens to a record whose unique values are taken, or whose kept key is: the import fails, the record stands for the row "
            + "(merge) or is written over it (overwrite), or a value is changed (suffix, regenerate). Default: fail; merge for rows that come with "
            + "the tables (HasData).",
    };

    private readonly Option<bool> _refuseModels = new("--refuse-unknown-models")
    {
        Description = "Refuse a backup with unknown models, instead of leaving them out.",
    };

    private readonly Option<bool> _refuseFields = new("--refuse-unknown-fields")
    {
        Description = "Refuse a backup with unknown fields, instead of leaving them out.",
    };

    private readonly Option<bool> _refuseAbsent = new("--refuse-absent-fields")
    {
        Description = "Refuse a backup that lacks fields, unless the model declares a default for older backups.",
    };

    private readonly Option<string?> _triggers = new("--triggers")
    {
        Description = "What the database's own triggers do: they fire, are held back for the import, or fire and their rows are merged with "
            + "the backup's records that have the same unique values. Default: fire.",
    };

    private readonly Option<JsonTextReading> _jsonTexts = CommonOptions.JsonTexts();

    private readonly Option<long> _seed =
        CommonOptions.Seed("What generated values are made from; the same seed gives the same values.", Defaults.Seed);

    private readonly Option<int> _chunkSize = new("--chunk-size")
    {
        Description = "How many records are written together. The result does not depend on it.",
        DefaultValueFactory = _ => Defaults.ChunkSize,
        HelpName = "N",
    };

    private readonly RulesOptions _rules;
    private readonly WaitOptions? _wait;
    private readonly Option<bool> _references = new("--references") { Description = "Show each record's references in the pk map." };
    private readonly Option<bool> _includeValues = CommonOptions.IncludeValues();

    private readonly Option<Guid?> _resume = new("--resume")
    {
        Description = "Commit chunk by chunk under this id, and continue an interrupted import with the same id, backup and options. Any UUID.",
        HelpName = "ID",
    };

    /// <param name="command">The command that has the options.</param>
    /// <param name="terminal">Where waiting is reported; null for imports into databases that nobody else uses.</param>
    /// <param name="mayResume">Whether the command's imports can be resumed.</param>
    /// <param name="takesCollisions">Whether a policy for collisions is accepted.</param>
    internal ImportOptionsReader(Command command, Terminal? terminal, bool mayResume = true, bool takesCollisions = true)
    {
        _unresolved.AcceptOnlyFromAmong("fail", "drop", SetNull);
        command.Add(_unresolved);
        _onCollision.AcceptOnlyFromAmong([.. Enum.GetNames<CollisionPolicy>().Select(name => name.ToLowerInvariant())]);
        if (takesCollisions)
        {
            command.Add(_onCollision);
        }

        command.Add(_refuseModels);
        command.Add(_refuseFields);
        command.Add(_refuseAbsent);
        _triggers.AcceptOnlyFromAmong("fire", HoldBack, "merge");
        command.Add(_triggers);
        _rules = new RulesOptions(command, sanitizes: false);
        command.Add(_jsonTexts);
        command.Add(_references);
        command.Add(_seed);
        command.Add(_chunkSize);
        if (mayResume)
        {
            command.Add(_resume);
        }

        _wait = terminal is null ? null : new WaitOptions(command, terminal);

        command.Add(_includeValues);
    }

    /// <summary>How long to wait for others.</summary>
    internal Patience PatienceOf(ParseResult parse) => _wait?.PatienceOf(parse) ?? Patience.Default;

    /// <summary>Refuses a policy for collisions if records are imported by their own rules.</summary>
    internal void RefuseCollisions(ParseResult parse)
    {
        if (parse.GetValue(_onCollision) is not null)
        {
            throw Errors.CollisionsOfSentry();
        }
    }

    /// <param name="parse">The command line.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="progress">Receives the progress of the import.</param>
    /// <param name="unresolved">What happens to a record whose reference leads nowhere, if the command line does not say.</param>
    /// <param name="location">The database, or null for temporary databases.</param>
    /// <param name="prepare">What is done first in the import's transaction, or null.</param>
    internal ImportOptions Read(
        ParseResult parse,
        ImportScope scope,
        IProgress<ImportProgress>? progress,
        UnresolvedReferencePolicy unresolved = UnresolvedReferencePolicy.Fail,
        DatabaseLocation? location = null,
        Func<DbTransaction, CancellationToken, Task>? prepare = null) => new()
    {
        Prepare = prepare,
        BackupRules = _rules.BackupRules(parse),
        ResumeId = parse.GetValue(_resume) is { } id ? (location is null or { IsTemporary: true } ? throw Errors.NothingToResume() : id) : null,
        Scope = scope,
        UnresolvedReferences = parse.GetValue(_unresolved) switch
        {
            "drop" => UnresolvedReferencePolicy.Drop,
            SetNull => UnresolvedReferencePolicy.SetNull,
            "fail" => UnresolvedReferencePolicy.Fail,
            _ => unresolved,
        },
        OnCollision = parse.GetValue(_onCollision) is { } policy ? Enum.Parse<CollisionPolicy>(policy, ignoreCase: true) : null,
        UnknownModels = parse.GetValue(_refuseModels) ? DriftPolicy.Refuse : DriftPolicy.Report,
        NothingTaken = DriftPolicy.Refuse,
        Triggers = parse.GetValue(_triggers) switch
        {
            HoldBack => TriggerPolicy.HoldBack,
            "merge" => TriggerPolicy.Merge,
            _ => TriggerPolicy.Fire,
        },
        UnknownFields = parse.GetValue(_refuseFields) ? DriftPolicy.Refuse : DriftPolicy.Report,
        AbsentFields = parse.GetValue(_refuseAbsent) ? DriftPolicy.Refuse : DriftPolicy.Report,
        JsonTexts = parse.GetValue(_jsonTexts),
        Seed = parse.GetValue(_seed),
        ChunkSize = parse.GetValue(_chunkSize) is >= 1 and var size ? size : throw Errors.ChunkSize(),
        KeepReferences = parse.GetValue(_references),
        IncludeValuesInErrors = parse.GetValue(_includeValues),
        WaitLimit = _wait?.Limit(parse),
        Logger = _wait?.Logger ?? NullLogger.Instance,
        Progress = progress,
    };
}
