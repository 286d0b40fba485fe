using System.CommandLine;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation import users</c> and its siblings: a backup of Sentry, imported through the rules of its models.</summary>
internal sealed class SentryImportCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly ImportScope _scope;
    private readonly Argument<string> _backup = CommonOptions.Backup();
    private readonly Option<string?> _decryptWith = EncryptionOptions.DecryptWith();
    private readonly Option<string?> _database = new("--database")
    {
        Description = "A SQLite file, made if missing, or a connection string. Default: a temporary SQLite database, gone at the end.",
        HelpName = "PATH-OR-CONNECTION-STRING",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = $"The version of the models: sentry, or sentry@VERSION ({string.Join(", ", SentryModel.Versions)}).",
        HelpName = "sentry[@VERSION]",
    };

    private readonly NameFilter? _filter;
    private readonly Option<bool> _mergeUsers = new("--merge-users")
    {
        Description = "Let a user whose name is there already stand for that user, instead of adding one under a free name.",
    };

    private readonly Option<bool> _overwriteConfigs = new("--overwrite-configs")
    {
        Description = "Write options, relays and roles over those that are there, instead of keeping these.",
    };

    private readonly Option<string?> _findings = new("--findings-file")
    {
        Description = "Write what is wrong as JSON; an empty list when all went well.",
        HelpName = "FILE",
    };

    private readonly Option<long> _seed = new("--seed") { Description = "What made names and tokens come from.", HelpName = "N" };
    private readonly MapOptions _map;
    private readonly Option<bool> _anyName = CommonOptions.AnyDatabaseName();
    private readonly Option<bool> _includeValues = CommonOptions.IncludeValues();
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <param name="terminal">Where results go.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="scope">The scope that it imports in.</param>
    /// <param name="filtered">What a filter names, as its option says it, or null when there is none.</param>
    internal SentryImportCommand(Terminal terminal, string name, ImportScope scope, string? filtered)
        : base(name, $"Imports a backup of Sentry in {scope.Name.ToLowerInvariant()} scope, through the rules of its models.")
    {
        _terminal = terminal;
        _scope = scope;
        Examples = [$"relocation import {name} backup.json --database sentry_test.db --findings-file findings.json"];
        Add(_backup);
        Add(_decryptWith);
        Add(_database);
        Add(_model);
        _filter = filtered is null ? null : new NameFilter(this, filtered);

        if (scope != SentryScopes.Global)
        {
            Add(_mergeUsers);
        }

        if (scope == SentryScopes.Config)
        {
            Add(_overwriteConfigs);
        }

        Add(_findings);
        Add(_seed);
        _map = new MapOptions(this);
        Add(_includeValues);
        Add(_anyName);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var map = _map.Read(parse);
        var progress = new ImportProgressBar();
        var import = new SentryDatabaseImport
        {
            Location = parse.GetValue(_database) is { } database ? DatabaseLocation.Parse(database) : DatabaseLocation.Temporary(),
            Scope = _scope,
            Filter = _filter is null ? null : await _filter.ReadAsync(parse, cancellationToken).ConfigureAwait(false),
            Options = Read(parse, _terminal.ShowsProgress ? progress : null),
        };
        var backup = BackupArgument.Open(parse.GetValue(_backup)!, parse.GetValue(_decryptWith));
        var outcome = await WithFindingsAsync(
            parse.GetValue(_findings), () => progress.RunAsync(_terminal, () => import.RunAsync(backup, cancellationToken))).ConfigureAwait(false);
        await map.WriteFileAsync(outcome.Result.Map, CancellationToken.None).ConfigureAwait(false);
        var mismatch = await map.CompareAsync(outcome.Result.Map, CancellationToken.None).ConfigureAwait(false);
        if (parse.GetValue(_json))
        {
            ImportJson.Write(_terminal, outcome, map, mismatch);
        }
        else
        {
            var report = new ImportReport(outcome, _terminal.Writer, _terminal.Output);
            report.Write();
            if (mismatch is not null)
            {
                await _terminal.Writer.WriteLineAsync(Terminal.Printable(mismatch.Message)).ConfigureAwait(false);
            }

            report.WriteClosing();
        }

        return mismatch is null ? ExitCode.Done : ExitCode.Finding;
    }

    private SentryImportOptions Read(ParseResult parse, IProgress<ImportProgress>? progress) => new()
    {
        Version = parse.GetValue(_model) is { } model ? SentrySource.Parse(model).Version : SentryModel.Head,
        Flags = new SentryImportFlags { MergeUsers = parse.GetValue(_mergeUsers), OverwriteConfigs = parse.GetValue(_overwriteConfigs) },
        Seed = parse.GetValue(_seed),
        IncludeValuesInErrors = parse.GetValue(_includeValues),
        DangerouslyAllowAnyDatabaseName = parse.GetValue(_anyName),
        Progress = progress,
    };

    /// <summary>The findings file holds what was wrong, or nothing when all went well; other failures write none.</summary>
    private static async Task<ImportOutcome> WithFindingsAsync(string? path, Func<Task<ImportOutcome>> import)
    {
        try
        {
            var outcome = await import().ConfigureAwait(false);
            await WriteAsync([]).ConfigureAwait(false);
            return outcome;
        }
        catch (SentryImportException exception)
        {
            await WriteAsync(exception.Errors).ConfigureAwait(false);
            throw;
        }

        async Task WriteAsync(IReadOnlyList<SentryImportError> errors)
        {
            if (path is not null)
            {
                var file = File.Create(path);
                await using (file.ConfigureAwait(false))
                {
                    await SentryFindings.WriteAsync(file, errors).ConfigureAwait(false);
                }
            }
        }
    }
}
