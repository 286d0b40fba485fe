using System.CommandLine;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The options of an import as Sentry does it (docs/sentry-import.md, section 11), and the import itself.</summary>
internal sealed class SentryOptions
{
    private const string LeaveOut = "leave-out";

    private readonly NameFilter? _usernames;
    private readonly NameFilter? _slugs;
    private readonly Option<bool> _mergeUsers = new("--merge-users")
    {
        Description = "Merge a user whose name exists with the existing user, instead of adding one under a free name.",
    };

    private readonly Option<bool> _overwriteConfigs = new("--overwrite-configs")
    {
        Description = "Overwrite existing options, relays and roles instead of keeping them.",
    };

    private readonly Option<string?> _findings = FindingsFile.Option();

    private readonly Option<string?> _urlPrefix = new("--url-prefix")
    {
        Description = "The address within new tokens of organizations. Without it, a token that must be replaced is dropped.",
        HelpName = "URL",
    };

    private readonly Option<string?> _widening = Widening(
        "--widening", "What happens to records that would give somebody more access than before: refused, left out, or imported with what comes nearest.");

    private readonly Option<string?> _suspendedUsers = Widening(
        "--suspended-users", "The same for suspended users in versions that know no suspension; nearest imports them inactive.");

    private readonly Option<bool> _noPrompt = new("--no-prompt")
    {
        Description = "Do not ask before a global import clears a database. Without a terminal nothing is asked anyway.",
    };

    private readonly Option<bool> _silent = new("--silent") { Description = "Show no report; errors are still shown." };

    /// <param name="command">The command that has the options.</param>
    /// <param name="scope">The scope that it imports in, or null when an option says it; only options that fit are added.</param>
    internal SentryOptions(Command command, ImportScope? scope)
    {
        if (scope is null || scope == SentryScopes.User || scope == SentryScopes.Config)
        {
            _usernames = new NameFilter(command, "usernames");
        }

        if (scope is null || scope == SentryScopes.Organization)
        {
            _slugs = new NameFilter(command, "org-slugs");
        }

        if (scope is null || scope != SentryScopes.Global)
        {
            command.Add(_mergeUsers);
        }

        if (scope is null || scope == SentryScopes.Config)
        {
            command.Add(_overwriteConfigs);
        }

        command.Add(_findings);
        command.Add(_urlPrefix);
        command.Add(_widening);
        command.Add(_suspendedUsers);
        command.Add(_noPrompt);
        command.Add(_silent);
    }

    /// <summary>Whether the import's report is suppressed.</summary>
    internal bool IsSilent(ParseResult parse) => parse.GetValue(_silent);

    /// <summary>Refuses options that only Sentry's import has.</summary>
    internal void RefuseAll(ParseResult parse)
    {
        Option[] all =
            [.. _usernames?.Options ?? [], .. _slugs?.Options ?? [], _mergeUsers, _overwriteConfigs, _findings, _urlPrefix, _widening, _suspendedUsers, _noPrompt, _silent];
        if (Array.Find(all, option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw Errors.OptionNeedsScope(given.Name);
        }
    }

    /// <summary>Imports, and writes the findings file.</summary>
    /// <returns>The outcome, or null if the user declined to clear the database.</returns>
    internal async Task<ImportOutcome?> RunAsync(
        ParseResult parse, Terminal terminal, SentryDatabaseImport import, Backup backup, CancellationToken cancellationToken)
    {
        var isThere = !import.Location.IsTemporary && (import.Location.File is null || File.Exists(import.Location.File));
        if (import.Scope == SentryScopes.Global && isThere && !parse.GetValue(_noPrompt)
            && !terminal.Confirms($"This deletes all rows of Sentry's tables in {import.Location.Description} first. Go on?"))
        {
            await terminal.ErrorWriter.WriteLineAsync(Errors.Cancelled()).ConfigureAwait(false);
            return null;
        }

        var progress = import.Progress ?? new ImportProgressBar();
        return await FindingsFile.RunAsync(
            terminal,
            parse.GetValue(_findings),
            () => progress.RunAsync(terminal, () => import.RunAsync(backup, cancellationToken)),
            exception => (exception as SentryImportException)?.Errors.Select(error => error.ToFinding())).ConfigureAwait(false);
    }

    /// <summary>The requested import.</summary>
    internal async Task<SentryDatabaseImport> ReadAsync(
        ParseResult parse,
        SentrySource model,
        ImportScope scope,
        DatabaseLocation location,
        ImportOptions options,
        Patience patience,
        bool anyName,
        SchemaChoice schema,
        CancellationToken cancellationToken)
    {
        RefuseUnfit(parse, scope);
        var filter = scope == SentryScopes.Organization ? _slugs : _usernames;
        return new SentryDatabaseImport
        {
            Location = location,
            Scope = scope,
            Filter = filter is null ? null : await filter.ReadAsync(parse, cancellationToken).ConfigureAwait(false),
            Version = model.Version,
            ResumeId = options.ResumeId,
            Patience = patience,
            Schema = schema,
            AllowAnyName = anyName,
            Progress = options.Progress as ImportProgressBar,
            MakeOptions = (prepare, allowAnyName) => new SentryImportOptions
            {
                Import = options with { Scope = ImportScope.Everything, ResumeId = null, Prepare = prepare },
                Version = model.Version,
                Flags = new SentryImportFlags
                {
                    MergeUsers = parse.GetValue(_mergeUsers),
                    OverwriteConfigs = parse.GetValue(_overwriteConfigs),
                    ImportUuid = options.ResumeId,
                },
                IsResumable = options.ResumeId is not null,
                UrlPrefix = parse.GetValue(_urlPrefix),
                Widening = PolicyOf(parse.GetValue(_widening)),
                SuspendedUsers = PolicyOf(parse.GetValue(_suspendedUsers)),
                DangerouslyAllowAnyDatabaseName = allowAnyName,
            },
        };
    }

    private static Option<string?> Widening(string name, string description)
    {
        var option = new Option<string?>(name) { Description = $"{description} Default: by the rule of each field." };
        option.AcceptOnlyFromAmong("refuse", LeaveOut, "nearest");
        return option;
    }

    private static WideningPolicy PolicyOf(string? policy) => policy switch
    {
        "refuse" => WideningPolicy.Refuse,
        LeaveOut => WideningPolicy.LeaveOut,
        "nearest" => WideningPolicy.Nearest,
        _ => WideningPolicy.ByRule,
    };

    /// <summary>Refuses options that do not fit the scope.</summary>
    private void RefuseUnfit(ParseResult parse, ImportScope scope)
    {
        var isOfUsers = scope == SentryScopes.User || scope == SentryScopes.Config;
        (Option Option, bool Fits)[] all =
        [
            .. (_usernames?.Options ?? []).Select(option => (option, isOfUsers)),
            .. (_slugs?.Options ?? []).Select(option => (option, scope == SentryScopes.Organization)), (_mergeUsers, scope != SentryScopes.Global), (_overwriteConfigs, scope == SentryScopes.Config),
        ];
        foreach (var (option, _) in all.Where(each => !each.Fits && parse.GetResult(each.Option) is { Implicit: false }))
        {
            throw Errors.OptionOfOtherScope(option.Name, scope);
        }
    }
}
