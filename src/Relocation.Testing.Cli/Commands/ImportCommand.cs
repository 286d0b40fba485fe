using System.CommandLine;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation import</c>.</summary>
internal sealed class ImportCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _backup = CommonOptions.Backup();
    private readonly Option<string?> _decryptWith = EncryptionOptions.DecryptWith();
    private readonly Option<string?> _scope = new("--scope")
    {
        Description = "The scope to import in, for Sentry's models. Default: global.",
    };

    private readonly Option<string?> _database = new("--database")
    {
        Description = "A SQLite file, made if missing, or a connection string (Host=... or postgres://... for PostgreSQL, Data Source=... "
            + "for SQLite). Default: a temporary SQLite database, gone at the end.",
        HelpName = "PATH-OR-CONNECTION-STRING",
    };

    private readonly ModelOptions _model;
    private readonly ImportOptionsReader _import;
    private readonly MapOptions _map;
    private readonly Option<bool> _createSchema = new("--create-schema")
    {
        Description = "Create the model's tables, and refuse a database that has some. Default: create them when there are none.",
    };

    private readonly Option<bool> _noCreateSchema = new("--no-create-schema") { Description = "Never create tables." };
    private readonly Option<bool> _anyName = CommonOptions.AnyDatabaseName();
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ImportCommand(Terminal terminal)
        : base("import", "Imports a backup into a test database, wholly or not at all.")
    {
        _terminal = terminal;
        _scope.AcceptOnlyFromAmong([.. SentryScopes.All.Select(scope => scope.Name.ToLowerInvariant())]);
        Add(_backup);
        Add(_decryptWith);
        Add(_scope);
        _model = new ModelOptions(this);
        Add(_database);
        _map = new MapOptions(this);
        _import = new ImportOptionsReader(this);
        Add(_createSchema);
        Add(_noCreateSchema);
        Add(_anyName);
        Add(_json);
        Add(CommonOptions.Verbose());
        Add(new SentryImportCommand(terminal, "users", SentryScopes.User, "usernames"));
        Add(new SentryImportCommand(terminal, "organizations", SentryScopes.Organization, "org-slugs"));
        Add(new SentryImportCommand(terminal, "config", SentryScopes.Config, "usernames"));
        Add(new SentryImportCommand(terminal, "global", SentryScopes.Global, null));
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation import backup.json --scope organization",
        "relocation import backup.json.gz --database shop_test.db --assembly Shop.dll --map keys.txt",
        "relocation import backup.json --database postgres://me@localhost/sentry_test --approved keys.verified.txt",
        "relocation import - --unresolved drop --json < backup.json",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var progress = new ImportProgressBar();
        var model = _model.Read(parse) ?? SentrySource.Head;
        var map = _map.Read(parse);
        var import = new DatabaseImport
        {
            Model = model,
            Location = parse.GetValue(_database) is { } database ? DatabaseLocation.Parse(database) : DatabaseLocation.Temporary(),
            Options = _import.Read(parse, ScopeOf(parse, model), _terminal.ShowsProgress ? progress : null),
            Schema = SchemaOf(parse),
            AllowAnyName = parse.GetValue(_anyName),
        };
        var backup = BackupArgument.Open(parse.GetValue(_backup)!, parse.GetValue(_decryptWith));
        var outcome = await progress.RunAsync(_terminal, () => import.RunAsync(backup, cancellationToken)).ConfigureAwait(false);

        // The rows are there now, so cancelling would leave them without the map that belongs to them.
        await map.WriteFileAsync(outcome.Result.Map, CancellationToken.None).ConfigureAwait(false);
        var mismatch = await map.CompareAsync(outcome.Result.Map, CancellationToken.None).ConfigureAwait(false);
        if (parse.GetValue(_json))
        {
            ImportJson.Write(_terminal, outcome, map, mismatch);
        }
        else
        {
            await WriteAsync(outcome, map, mismatch, import.Options.IncludeValuesInErrors).ConfigureAwait(false);
        }

        return mismatch is null ? ExitCode.Done : ExitCode.Finding;
    }

    /// <summary>The report is the result, unless the map itself goes to standard output: then it is a message beside it.</summary>
    private async Task WriteAsync(
        ImportOutcome outcome, MapOutput map, SnapshotMismatchException? mismatch, bool includeValues)
    {
        var (writer, console) = map.ToStandardOutput
            ? (_terminal.ErrorWriter, _terminal.Error)
            : (_terminal.Writer, _terminal.Output);
        if (map.ToStandardOutput)
        {
            await map.WriteToAsync(_terminal.Writer, outcome.Result.Map).ConfigureAwait(false);
        }

        var report = new ImportReport(outcome, writer, console);
        report.Write();
        if (outcome.Location.IsTemporary && map.IsUnwanted)
        {
            report.WriteFirstKeys(map.Options, includeValues);
        }

        if (mismatch is not null)
        {
            await writer.WriteLineAsync(Terminal.Printable(mismatch.Message)).ConfigureAwait(false);
            await writer.WriteLineAsync().ConfigureAwait(false);
        }

        report.WriteClosing();
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
