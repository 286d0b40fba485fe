using System.CommandLine;
using System.Globalization;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Files;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation generate events</c>.</summary>
internal sealed class GenerateEventsCommand : Command, IHasExamples
{
    private static readonly SyntheticEventOptions Defaults = new();
    private static readonly string[] KindNames = [.. Enum.GetNames<SyntheticEventKind>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] DayForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
    private static readonly string[] LineEnds = [".jsonl", ".ndjson"];

    private readonly Terminal _terminal;
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The events' file, or - for standard output. JSON lines if its name ends with .jsonl or .ndjson, else an array.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _lines = new("--lines") { Description = "Write one event a line without an array, whatever the file's name." };
    private readonly Option<long> _count = new("--count")
    {
        Description = "How many events there are.",
        DefaultValueFactory = _ => Defaults.Count,
        HelpName = "N",
    };

    private readonly Option<string[]> _kinds = new("--kinds")
    {
        Description = $"The kinds of events and their shares, with commas or several times: {string.Join(", ", KindNames)}. Default: error=6,transaction=2,message=2.",
        HelpName = "KIND[=SHARE]",
    };

    private readonly Option<long[]> _projects = new("--project")
    {
        Description = "The id of a project that events belong to. May be given several times.",
        HelpName = "ID",
    };

    private readonly Option<string?> _database = new("--database")
    {
        Description = "A database of Sentry, a path or a connection string: events belong to the projects in it. It is only read.",
        HelpName = "PATH-OR-CONNECTION-STRING",
    };

    private readonly Option<int> _groups = new("--groups")
    {
        Description = "The number of different errors, transactions and messages of each kind.",
        DefaultValueFactory = _ => Defaults.Groups,
        HelpName = "N",
    };

    private readonly Option<string[]> _releases = new("--release")
    {
        Description = $"A release that events come from. May be given several times. Default: {string.Join(", ", Defaults.Releases)}.",
        HelpName = "VERSION",
    };

    private readonly Option<string[]> _environments = new("--environment")
    {
        Description = $"An environment that events come from. May be given several times. Default: {string.Join(", ", Defaults.Environments)}.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _until = new("--until")
    {
        Description = "All events lie before this moment. Default: the beginning of today, in UTC, since saving moves events that are older than 30 days.",
        HelpName = "MOMENT",
    };

    private readonly Option<double> _span = new("--span")
    {
        Description = "How many days before --until events begin.",
        DefaultValueFactory = _ => Defaults.Span.TotalDays,
        HelpName = "DAYS",
    };

    private readonly Option<long> _seed =
        CommonOptions.Seed("What values are made from; the same seed gives the same bytes on every machine.", Defaults.Seed);

    private readonly Option<string> _locale = new("--locale")
    {
        Description = "The language of people's names, one of Bogus's locales.",
        DefaultValueFactory = _ => Defaults.Locale,
        HelpName = "LOCALE",
    };

    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly WaitOptions _wait;

    internal GenerateEventsCommand(Terminal terminal)
        : base("events", "Writes synthetic events as applications send them to Sentry: errors, transactions and messages that fall into groups.")
    {
        _terminal = terminal;
        Option[] all = [_output, _lines, _count, _kinds, _projects, _database, _groups, _releases, _environments, _until, _span, _seed, _locale, _json];
        foreach (var option in all)
        {
            Add(option);
        }

        _wait = new WaitOptions(this, terminal);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation generate events --count 1000 --project 4 --project 5 --output events.jsonl",
        "relocation generate events --database sentry_test.db --kinds error,transaction=0.5 --seed 7 --output events.json",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var output = OutputArgument.Read(parse.GetValue(_output)!);
        var asJson = parse.GetValue(_json);
        if (asJson && output == OutputArgument.StandardOutput)
        {
            throw Errors.OutputTwice();
        }

        var progress = new CountProgressBar("Generating");
        var options = Read(parse, await ProjectsAsync(parse, cancellationToken).ConfigureAwait(false), progress);
        var counts = Prepare(options);
        var asLines = parse.GetValue(_lines) || Array.Exists(LineEnds, end => output.EndsWith(end, StringComparison.OrdinalIgnoreCase));
        await progress.RunAsync(
            _terminal,
            options.Count,
            () => OutputArgument.WriteAsync(
                _terminal, output, (stream, cancellation) => SyntheticEvents.WriteAsync(new CancellableStream(stream), options, asLines, cancellation), cancellationToken))
            .ConfigureAwait(false);
        GenerateEventsReport.Write(_terminal, options, counts, output, asLines, asJson);
        return ExitCode.Done;
    }

    private static IReadOnlyDictionary<SyntheticEventKind, long> Prepare(SyntheticEventOptions options)
    {
        try
        {
            return SyntheticEvents.CountKinds(options);
        }
        catch (ArgumentException exception)
        {
            throw Errors.CannotGenerate(exception);
        }
    }

    private async Task<IReadOnlyList<long>> ProjectsAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var given = parse.GetValue(_projects) ?? [];
        if (parse.GetValue(_database) is not { } database)
        {
            return given;
        }

        return given.Length > 0
            ? throw Errors.ProjectsTwice()
            : await DatabaseProjects.ReadAsync(DatabaseLocation.Parse(database), _wait.PatienceOf(parse), cancellationToken).ConfigureAwait(false);
    }

    private SyntheticEventOptions Read(ParseResult parse, IReadOnlyList<long> projects, IProgress<long> progress)
    {
        var days = parse.GetValue(_span);
        return new SyntheticEventOptions
        {
            Seed = parse.GetValue(_seed),
            Count = parse.GetValue(_count),
            Kinds = parse.GetValue(_kinds) is { Length: > 0 } kinds ? Kinds(kinds) : Defaults.Kinds,
            Projects = projects,
            Releases = parse.GetValue(_releases) is { Length: > 0 } releases ? releases : Defaults.Releases,
            Environments = parse.GetValue(_environments) is { Length: > 0 } environments ? environments : Defaults.Environments,
            Groups = parse.GetValue(_groups),
            Until = Until(parse.GetValue(_until)),

            // An invalid span is refused with the other options.
            Span = days >= 0 && days <= TimeSpan.MaxValue.TotalDays - 1 ? TimeSpan.FromDays(days) : TimeSpan.MinValue,
            Locale = parse.GetValue(_locale)!,
            Progress = progress,
        };
    }

    private DateTimeOffset Until(string? text) => text is null ? new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero)
        : DateTimeOffset.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
        : throw Errors.NoMoment(_until.Name, text);

    private static Dictionary<SyntheticEventKind, double> Kinds(IEnumerable<string> texts)
    {
        var kinds = new Dictionary<SyntheticEventKind, double>();
        foreach (var text in texts.SelectMany(given => given.Split(',')))
        {
            var parts = text.Split('=', 2);
            var index = Array.IndexOf(KindNames, parts[0]);
            var share = 1.0;
            if (index < 0 || (parts.Length == 2 && !double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share)))
            {
                throw Errors.NoEventKind(text, KindNames);
            }

            kinds[Enum.GetValues<SyntheticEventKind>()[index]] = share;
        }

        return kinds;
    }
}
