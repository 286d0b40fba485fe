using System.CommandLine;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Eventing;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation events save</c>.</summary>
internal sealed class EventsSaveCommand : Command, IHasExamples
{
    private const int DefaultBatch = 100;

    private readonly Terminal _terminal;
    private readonly Argument<string> _events = new("EVENTS")
    {
        Description = "A file of events, a JSON array or one JSON object after another, plain or compressed by gzip, or - for standard input.",
    };

    private readonly Option<string> _database = new("--database")
    {
        Description = "The database: a SQLite file or a connection string, as for import. It holds the projects.",
        HelpName = "PATH-OR-CONNECTION-STRING",
        Required = true,
    };

    private readonly Option<long?> _project = new("--project")
    {
        Description = "The key of the project that all events are saved into. Default: each event's own project.",
        HelpName = "ID",
    };

    private readonly Option<int> _batch = new("--batch")
    {
        Description = "How many events are saved together. This only affects speed.",
        DefaultValueFactory = _ => DefaultBatch,
        HelpName = "N",
    };

    private readonly Option<bool> _commitBatches = new("--commit-batches")
    {
        Description = "Commit each batch by itself. Default: the file is saved as a whole or not at all.",
    };

    private readonly Option<bool> _raw = new("--raw") { Description = "Skip follow-up work: the date of a project's first event stays empty." };
    private readonly Option<bool> _normalized = new("--assume-normalized") { Description = "Take events as they are, without repairing them." };
    private readonly Option<bool> _encode = new("--encode-nodes") { Description = "Keep payloads as Sentry does, base64 of zlib. Default: as JSON." };
    private readonly Option<string[]> _with = new("--with")
    {
        Description = "A feature of Sentry that is left out here: it is refused with its reason. May be given several times.",
        HelpName = "NAME",
    };

    private readonly Option<long> _seed = CommonOptions.Seed("What ids of events without id are made of, with the time and the event.", 0);
    private readonly Option<string?> _model = new("--model")
    {
        Description = $"The version of the tables: sentry, or sentry@VERSION ({string.Join(", ", SentryModel.Versions)}).",
        HelpName = "sentry[@VERSION]",
    };

    private readonly Option<bool> _noCreateSchema = new("--no-create-schema") { Description = "Never create tables. Default: create those that are missing." };
    private readonly WaitOptions _wait;
    private readonly Option<bool> _anyName = CommonOptions.AnyDatabaseName();
    private readonly Option<bool> _json = CommonOptions.Json();

    internal EventsSaveCommand(Terminal terminal)
        : base("save", "Saves events as Sentry does: releases, environments, groups with their counters, payloads and the event stream.")
    {
        _terminal = terminal;
        Add(_events);
        Add(_database);
        Add(_project);
        Add(_batch);
        Add(_commitBatches);
        Add(_raw);
        Add(_normalized);
        Add(_encode);
        Add(_with);
        Add(_seed);
        Add(_model);
        Add(_noCreateSchema);
        _wait = new WaitOptions(this, terminal);
        Add(_anyName);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation events save events.json --database sentry_test.db",
        "relocation events save events.jsonl --database postgres://me@localhost/sentry_test --project 1 --json",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(_batch) < 1)
        {
            throw Errors.BatchSize();
        }

        var location = DatabaseLocation.Parse(parse.GetValue(_database)!);
        var model = parse.GetValue(_model) is { } name ? SentrySource.Parse(name) : SentrySource.Head;
        var progress = new CountProgressBar("Saving");
        var saving = new DatabaseEvents
        {
            Location = location,
            Writer = Writer(parse, location, model),
            Project = parse.GetValue(_project),
            BatchSize = parse.GetValue(_batch),
            CommitsBatches = parse.GetValue(_commitBatches),
            CreatesTables = !parse.GetValue(_noCreateSchema),
            AllowAnyName = parse.GetValue(_anyName),
            Patience = _wait.PatienceOf(parse),
            Progress = progress,
        };
        var file = EventFile.Open(parse.GetValue(_events)!);
        await using var closing = file.ConfigureAwait(false);
        var counts = new EventCounts();
        await progress.RunAsync(_terminal, file.Length, () => saving.RunAsync(file, counts, cancellationToken)).ConfigureAwait(false);
        if (parse.GetValue(_json))
        {
            EventsReport.WriteJson(_terminal, counts, location);
        }
        else
        {
            EventsReport.Write(_terminal.Writer, counts, location);
        }

        return ExitCode.Done;
    }

    private EventWriter Writer(ParseResult parse, DatabaseLocation location, SentrySource model)
    {
        try
        {
            return new EventWriter(location.Engine, new EventWriterOptions
            {
                Version = model.Version,
                Raw = parse.GetValue(_raw),
                AssumeNormalized = parse.GetValue(_normalized),
                EncodesNodes = parse.GetValue(_encode),
                Seed = parse.GetValue(_seed),
                With = parse.GetValue(_with) ?? [],
            });
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw Errors.NotOfEvents(exception);
        }
    }
}
