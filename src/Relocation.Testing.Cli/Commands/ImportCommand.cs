using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation import</c>.</summary>
internal sealed class ImportCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _backup = CommonOptions.Backup();
    private readonly Option<string?> _decryptWith = EncryptionOptions.DecryptWith();
    private readonly Option<string?> _scope = new("--scope")
    {
        Description = "Import as Sentry does, in this scope, by the rules of its models. Without it, records are imported as they are.",
    };

    private readonly Option<string?> _database = new("--database")
    {
        Description = "A SQLite file, created if missing, or a connection string (Host=... or postgres://... for PostgreSQL, Data Source=... "
            + "for SQLite). Default: a temporary SQLite database.",
        HelpName = "PATH-OR-CONNECTION-STRING",
    };

    private readonly ModelOptions _model;
    private readonly ImportOptionsReader _import;
    private readonly SentryOptions _sentry;
    private readonly MapOptions _map;
    private readonly Option<bool> _createSchema = new("--create-schema")
    {
        Description = "Create the model's tables, and refuse a database that has some. Default: create them if there are none.",
    };

    private readonly Option<bool> _noCreateSchema = new("--no-create-schema") { Description = "Never create tables." };
    private readonly Option<bool> _anyName = CommonOptions.AnyDatabaseName();
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ImportCommand(Terminal terminal)
        : base("import", "Imports a backup into a test database, all or nothing; or chunk by chunk, with --resume.")
    {
        _terminal = terminal;
        _scope.AcceptOnlyFromAmong([.. SentryScopes.All.Select(scope => scope.Name.ToLowerInvariant())]);
        Add(_backup);
        this.AddKey(_decryptWith);
        Add(_scope);
        _model = new ModelOptions(this);
        Add(_database);
        _map = new MapOptions(this);
        _import = new ImportOptionsReader(this, terminal);
        _sentry = new SentryOptions(this, scope: null);
        Add(_createSchema);
        Add(_noCreateSchema);
        Add(_anyName);
        Add(_json);
        Add(CommonOptions.Verbose());
        Add(new SentryImportCommand(terminal, "users", SentryScopes.User));
        Add(new SentryImportCommand(terminal, "organizations", SentryScopes.Organization));
        Add(new SentryImportCommand(terminal, "config", SentryScopes.Config));
        Add(new SentryImportCommand(terminal, "global", SentryScopes.Global));
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation import backup.json --scope organization",
        "relocation import backup.json.gz --database shop_test.db --assembly Shop.dll --map keys.txt",
        "relocation import backup.json --database postgres://me@localhost/sentry_test --approved keys.verified.txt",
        "relocation import - --unresolved drop --json < backup.json",
        "relocation import backup.json --database big_test.db --resume 3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var model = _model.Read(parse) ?? SentrySource.Head;
        var asSentryDoes = parse.GetValue(_scope) is not null && model is SentrySource;
        if (!asSentryDoes)
        {
            _sentry.RefuseAll(parse);
        }
        else
        {
            _import.RefuseCollisions(parse);
        }

        var map = _map.Read(parse);
        var progress = new ImportProgressBar();
        var shown = _terminal.ShowsProgress && !_sentry.IsSilent(parse) ? progress : null;
        var location = parse.GetValue(_database) is { } database ? DatabaseLocation.Parse(database) : DatabaseLocation.Temporary();
        var unresolved = asSentryDoes ? UnresolvedReferencePolicy.Drop : UnresolvedReferencePolicy.Fail;
        var scope = ScopeOf(parse, model);
        var options = _import.Read(parse, scope, shown, unresolved, location);
        var backup = BackupArgument.Open(parse.GetValue(_backup)!, parse.GetValue(_decryptWith));
        ImportOutcome? outcome;
        if (asSentryDoes)
        {
            var sentry = await _sentry.ReadAsync(
                parse, (SentrySource)model, options.Scope, location, options, _import.PatienceOf(parse), parse.GetValue(_anyName), SchemaOf(parse), cancellationToken)
                .ConfigureAwait(false);
            outcome = await _sentry.RunAsync(parse, _terminal, sentry, backup, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var import = new DatabaseImport
            {
                Model = model,
                Location = location,
                ResumeId = options.ResumeId,
                Patience = _import.PatienceOf(parse),
                MakeOptions = prepare => _import.Read(parse, scope, shown, unresolved, location, prepare),
                Schema = SchemaOf(parse),
                AllowAnyName = parse.GetValue(_anyName),
            };
            outcome = await progress.RunAsync(_terminal, () => import.RunAsync(backup, cancellationToken)).ConfigureAwait(false);
        }

        if (outcome is null)
        {
            return ExitCode.Done;
        }

        var output = new ImportOutput(_terminal, map, parse.GetValue(_json), options.IncludeValuesInErrors, _sentry.IsSilent(parse));
        return await output.WriteAsync(outcome).ConfigureAwait(false);
    }

    private ImportScope ScopeOf(ParseResult parse, ModelSource model) => parse.GetValue(_scope) switch
    {
        null => model.DefaultScope,
        _ when !model.HasScopes => throw Errors.ScopeOfContext(),
        var name => SentryScopes.Parse(name),
    };

    private SchemaChoice SchemaOf(ParseResult parse) => (parse.GetValue(_createSchema), parse.GetValue(_noCreateSchema)) switch
    {
        (true, true) => throw Errors.SchemaTwice(),
        (true, _) => SchemaChoice.Create,
        (_, true) => SchemaChoice.Leave,
        _ => SchemaChoice.WhenMissing,
    };
}
