using System.CommandLine;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation reset</c>.</summary>
internal sealed class ResetCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly ModelOptions _model;
    private readonly Option<string> _database = new("--database")
    {
        Description = "A SQLite file or a connection string, as for import.",
        HelpName = "PATH-OR-CONNECTION-STRING",
        Required = true,
    };

    private readonly Option<string[]> _keep = new("--keep")
    {
        Description = "A table to keep, TABLE or SCHEMA.TABLE. May be given several times.",
        HelpName = "TABLE",
    };

    private readonly WaitOptions _wait;
    private readonly Option<bool> _anyName = CommonOptions.AnyDatabaseName();
    private readonly Option<bool> _json = CommonOptions.Json();

    internal ResetCommand(Terminal terminal)
        : base("reset", "Empties a test database and restarts its key counters; the history of EF Core's migrations stays. It never asks.")
    {
        _terminal = terminal;
        Add(_database);
        _model = new ModelOptions(this);
        Add(_keep);
        _wait = new WaitOptions(this, terminal);
        Add(_anyName);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation reset --database shop_test.db",
        "relocation reset --database postgres://me@localhost/shop_test --keep country",
        "relocation reset --database sentry_test.db --model sentry    (only the tables of Sentry's models)",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var location = DatabaseLocation.Parse(parse.GetValue(_database)!);
        var reset = new DatabaseReset
        {
            Location = location,
            Model = _model.Read(parse),
            Keep = parse.GetValue(_keep) ?? [],
            Patience = _wait.PatienceOf(parse),
            AllowAnyName = parse.GetValue(_anyName),
        };
        await reset.RunAsync(cancellationToken).ConfigureAwait(false);
        if (parse.GetValue(_json))
        {
            JsonDocumentWriter.Write(_terminal, json =>
            {
                json.WriteString("status", "emptied");
                json.WriteNumber("exitCode", ExitCode.Done);
                json.WriteStartObject("database");
                json.WriteString("engine", location.Engine.Name);
                json.WriteString("description", location.Description);
                json.WriteEndObject();
            });
        }
        else
        {
            await _terminal.Writer.WriteLineAsync(Terminal.Printable($"Emptied {location.Description}.")).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }
}
