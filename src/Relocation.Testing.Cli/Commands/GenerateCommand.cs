using System.CommandLine;
using System.Globalization;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Files;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation generate</c>.</summary>
internal sealed class GenerateCommand : Command, IHasExamples
{
    private static readonly SyntheticBackupOptions Defaults = new();

    private readonly Terminal _terminal;
    private readonly ModelOptions _model;
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The backup's file, compressed by gzip if its name ends with .gz, or - for standard output.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<long?> _records = new("--records")
    {
        Description = "How many records there are in all. Default: 10 of each model.",
        HelpName = "N",
    };

    private readonly Option<string[]> _count = new("--count")
    {
        Description = "The number of records of one model. May be given several times.",
        HelpName = "APP.MODEL=N",
    };

    private readonly Option<string[]> _weight = new("--weight")
    {
        Description = "The share of one model in --records, relative to 1 for the others. May be given several times.",
        HelpName = "APP.MODEL=SHARE",
    };

    private readonly Option<long> _seed =
        CommonOptions.Seed("What values are made from; the same seed gives the same bytes on every machine.", Defaults.Seed);

    private readonly Option<string> _locale = new("--locale")
    {
        Description = "The language of names and addresses, one of Bogus's locales.",
        DefaultValueFactory = _ => Defaults.Locale,
        HelpName = "LOCALE",
    };

    private readonly Option<string> _referenceDate = new("--reference-date")
    {
        Description = "All dates lie before this day.",
        DefaultValueFactory = _ => Defaults.ReferenceDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        HelpName = "YYYY-MM-DD",
    };

    private readonly Option<long> _firstKey = new("--first-key")
    {
        Description = "The first integer key of each model.",
        DefaultValueFactory = _ => Defaults.FirstKey,
        HelpName = "N",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    internal GenerateCommand(Terminal terminal)
        : base("generate", "Writes a synthetic backup for a model: references resolve, unique sets and checks hold.")
    {
        _terminal = terminal;
        _model = new ModelOptions(this);
        Add(_output);
        Add(_records);
        Add(_count);
        Add(_weight);
        Add(_seed);
        Add(_locale);
        Add(_referenceDate);
        Add(_firstKey);
        Add(_json);
        Add(CommonOptions.Verbose());
        Add(new GenerateEventsCommand(terminal));
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation generate --assembly Shop.dll --output backup.json",
        "relocation generate --assembly Shop.dll --records 1000000 --weight shop.order=20 --output backup.json.gz",
        "relocation generate --model sentry@24.7.0 --count sentry.user=5 --seed 7 --locale de --output -",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var source = _model.Read(parse) ?? throw Errors.NothingToGenerateFor();
        var output = OutputArgument.Read(parse.GetValue(_output)!);
        var asJson = parse.GetValue(_json);
        if (asJson && output == OutputArgument.StandardOutput)
        {
            throw Errors.OutputTwice();
        }

        var model = source.CreateModel(SqliteEngine.Instance);
        var progress = new CountProgressBar("Generating");
        var backup = Prepare(model, Read(parse, progress));
        var total = backup.Counts.Values.Sum();
        await progress.RunAsync(_terminal, total, () => WriteAsync(_terminal, backup, output, cancellationToken)).ConfigureAwait(false);
        if (asJson)
        {
            GenerateReport.WriteJson(_terminal, model, backup, output);
        }
        else
        {
            var isBeside = output == OutputArgument.StandardOutput;
            GenerateReport.Write(
                isBeside ? _terminal.ErrorWriter : _terminal.Writer, isBeside ? _terminal.Error : _terminal.Output, model, backup, output);
        }

        return ExitCode.Done;
    }

    private static SyntheticBackup Prepare(RelocationModel model, SyntheticBackupOptions options)
    {
        try
        {
            return SyntheticBackup.For(model, options);
        }
        catch (ArgumentException exception)
        {
            throw Errors.CannotGenerate(exception);
        }
    }

    private static Task WriteAsync(Terminal terminal, SyntheticBackup backup, string output, CancellationToken cancellationToken) =>
        output == OutputArgument.StandardOutput
            ? backup.WriteAsync(new CancellableStream(terminal.OpenOutput()), cancellationToken)
            : backup.WriteFileAsync(output, cancellationToken);

    private SyntheticBackupOptions Read(ParseResult parse, IProgress<long> progress) => new()
    {
        TotalRecords = parse.GetValue(_records),
        Records = Pairs(parse.GetValue(_count), "--count", text => long.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : (long?)null),
        Weights = Pairs(
            parse.GetValue(_weight), "--weight", text => double.TryParse(text, CultureInfo.InvariantCulture, out var weight) ? weight : (double?)null),
        Seed = parse.GetValue(_seed),
        Locale = parse.GetValue(_locale)!,
        ReferenceDate = DateOnly.TryParseExact(parse.GetValue(_referenceDate), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Errors.ReferenceDate(parse.GetValue(_referenceDate)!),
        FirstKey = parse.GetValue(_firstKey),
        Progress = progress,
    };

    private static Dictionary<ModelLabel, T> Pairs<T>(string[]? pairs, string option, Func<string, T?> read)
        where T : struct
    {
        var values = new Dictionary<ModelLabel, T>();
        foreach (var pair in pairs ?? [])
        {
            var at = pair.LastIndexOf('=');
            if (at < 0 || !ModelLabel.TryParse(pair[..at], out var label) || read(pair[(at + 1)..]) is not { } value)
            {
                throw Errors.NoPair(option, pair);
            }

            values[label] = value;
        }

        return values;
    }
}
