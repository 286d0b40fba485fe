using System.CommandLine;
using System.Data.Common;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation export users</c> and its siblings: a database of Sentry, exported by the rules of its models.</summary>
internal sealed class SentryExportCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly ImportScope _scope;
    private readonly ExportTarget _target;
    private readonly NameFilter? _filter;
    private readonly Option<string?> _model = new("--model")
    {
        Description = $"The version of the models: sentry, or sentry@VERSION ({string.Join(", ", SentryModel.Versions)}).",
        HelpName = "sentry[@VERSION]",
    };

    private readonly Option<bool> _leaveOutVolatile = new("--leave-out-volatile-options")
    {
        Description = "Leave out options that say something about the installation only, as the other scopes do.",
    };

    private readonly Option<string?> _findings = FindingsFile.Option();
    private readonly Option<bool> _noPrompt = new("--no-prompt") { Description = "Ask nothing. Exports ask nothing anyway.", Hidden = true };
    private readonly Option<bool> _silent = new("--silent") { Description = "Show no report and no progress; errors are still shown." };

    /// <param name="terminal">Where results go.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="scope">The scope that it exports.</param>
    /// <param name="filtered">What the filter names, as part of its option's name, or null for no filter.</param>
    internal SentryExportCommand(Terminal terminal, string name, ImportScope scope, string? filtered)
        : base(name, $"Exports a database of Sentry in {scope.Name.ToLowerInvariant()} scope, by the rules of its models.")
    {
        _terminal = terminal;
        _scope = scope;
        Examples = [$"relocation export {name} backup.json --database sentry_test.db"];
        _target = new ExportTarget(this, terminal);
        Add(_model);
        _filter = filtered is null ? null : new NameFilter(this, filtered);
        if (scope == SentryScopes.Global)
        {
            Add(_leaveOutVolatile);
        }

        Add(_findings);
        Add(_noPrompt);
        Add(_silent);
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var filter = _filter is null ? null : await _filter.ReadAsync(parse, cancellationToken).ConfigureAwait(false);
        var location = _target.Location(parse);
        var isSilent = parse.GetValue(_silent);
        var progress = new ExportProgressBar();
        var export = new SentryExport(location.Engine, new SentryExportOptions
        {
            Version = parse.GetValue(_model) is { } model ? SentrySource.Parse(model).Version : SentryModel.Head,
            LeaveOutVolatileOptions = parse.GetValue(_leaveOutVolatile),
            Indentation = _target.Indentation(parse),
            WaitLimit = _target.Waiting.Limit(parse),
            Logger = _target.Waiting.Logger,
            Progress = _terminal.ShowsProgress && !isSilent ? progress : null,
        });
        var destination = _target.Open(_terminal, parse);
        var result = await FindingsFile.RunAsync(
            _terminal,
            parse.GetValue(_findings),
            () => progress.RunAsync(_terminal, () => DatabaseExport.RunAsync(
                location,
                connection => ExportAsync(export, connection, destination, filter, cancellationToken),
                _target.Waiting.PatienceOf(parse),
                cancellationToken)),
            FindingsOf).ConfigureAwait(false);
        if (!isSilent)
        {
            ExportReport.Write(_terminal, export.Model, result, _target.Name(parse), _target.AsJson(parse));
        }

        return ExitCode.Done;
    }

    private Task<ExportResult> ExportAsync(
        SentryExport export, DbConnection connection, BackupDestination destination, IReadOnlySet<string>? filter, CancellationToken cancellationToken) =>
        _scope switch
        {
            _ when _scope == SentryScopes.User => export.ExportInUserScopeAsync(connection, destination, filter, cancellationToken),
            _ when _scope == SentryScopes.Organization => export.ExportInOrganizationScopeAsync(connection, destination, filter, cancellationToken),
            _ when _scope == SentryScopes.Config => export.ExportInConfigScopeAsync(connection, destination, cancellationToken),
            _ => export.ExportInGlobalScopeAsync(connection, destination, cancellationToken),
        };

    private static IEnumerable<Finding>? FindingsOf(Exception exception) => exception switch
    {
        ExportException export => [SentryExportError.Of(export).ToFinding()],
        DatabaseException failed => [SentryExportError.Of(failed).ToFinding()],
        _ => null,
    };
}
