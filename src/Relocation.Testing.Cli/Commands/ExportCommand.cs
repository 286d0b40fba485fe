using System.CommandLine;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation export</c>.</summary>
internal sealed class ExportCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly ExportTarget _target;
    private readonly ModelOptions _model;
    private readonly Option<string?> _scope = new("--scope") { Description = "The scope to export, for Sentry's models. Default: global." };
    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Export this model only; may be given several times. References to other models are kept as they are.",
        HelpName = "APP.MODEL",
    };

    private readonly Option<bool> _microseconds = new("--microseconds") { Description = "Write moments to the microsecond, in UTC. Otherwise Sentry's are written to the millisecond." };
    private readonly Option<bool> _milliseconds = new("--milliseconds") { Description = "Write moments to the millisecond, in UTC. Otherwise a context's are written as their columns hold them." };

    internal ExportCommand(Terminal terminal)
        : base("export", "Writes a database as a backup. The database is only read, at one moment.")
    {
        _terminal = terminal;
        _scope.AcceptOnlyFromAmong([.. SentryScopes.All.Select(scope => scope.Name.ToLowerInvariant())]);
        _target = new ExportTarget(this, terminal);
        _model = new ModelOptions(this);
        Add(_scope);
        Add(_only);
        Add(_microseconds);
        Add(_milliseconds);
        Add(new SentryExportCommand(terminal, "users", SentryScopes.User, "usernames"));
        Add(new SentryExportCommand(terminal, "organizations", SentryScopes.Organization, "org-slugs"));
        Add(new SentryExportCommand(terminal, "config", SentryScopes.Config, null));
        Add(new SentryExportCommand(terminal, "global", SentryScopes.Global, null));
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation export backup.json --database shop_test.db --assembly Shop.dll",
        "relocation export backup.json.gz --database postgres://me@localhost/sentry_test --model sentry@24.7.0 --scope organization",
        "relocation export backup.tar --database sentry_test.db --encrypt-with public.pem",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var source = _model.Read(parse) ?? SentrySource.Head;
        var scope = parse.GetValue(_scope) switch
        {
            null => source.DefaultScope,
            _ when !source.HasScopes => throw Errors.ScopeOfContext(),
            var name => SentryScopes.Parse(name),
        };
        var only = parse.GetValue(_only) is { Length: > 0 } labels
            ? labels.Select(label => ModelLabel.TryParse(label, out var parsed) ? parsed : throw Errors.NoLabel(label)).ToList()
            : null;
        var location = _target.Location(parse);
        var model = source.CreateModel(location.Engine);
        var missing = only?.Where(label => model.Find(label) is null).ToList();
        if (missing is { Count: > 0 })
        {
            throw Errors.LabelMissing(missing[0], model);
        }

        var progress = new ExportProgressBar();
        var exporter = new BackupExporter(model, location.Engine, new ExportOptions
        {
            Scope = scope,
            OnlyModels = only,
            UnexportedReferences = only is null ? UnexportedReferencePolicy.LeaveOut : UnexportedReferencePolicy.Keep,
            Indentation = _target.Indentation(parse),
            Moments = parse.GetValue(_microseconds) ? MomentPrecision.Microseconds
                : parse.GetValue(_milliseconds) || source.HasScopes ? MomentPrecision.Milliseconds
                : MomentPrecision.Exact,
            WaitLimit = _target.Waiting.Limit(parse),
            Logger = _target.Waiting.Logger,
            Progress = _terminal.ShowsProgress ? progress : null,
        });
        var destination = _target.Open(_terminal, parse);
        var result = await progress.RunAsync(
            _terminal,
            () => DatabaseExport.RunAsync(
                location,
                connection => exporter.ExportAsync(connection, destination, cancellationToken),
                _target.Waiting.PatienceOf(parse),
                cancellationToken))
            .ConfigureAwait(false);
        ExportReport.Write(_terminal, model, result, _target.Name(parse), _target.AsJson(parse));
        return ExportReport.ExitCodeOf(result);
    }
}
