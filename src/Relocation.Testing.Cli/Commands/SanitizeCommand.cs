using System.CommandLine;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation sanitize</c>.</summary>
internal sealed class SanitizeCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _file = new("BACKUP") { Description = "The backup, or - for standard input; with --src, where the sanitised one goes." };
    private readonly ModelOptions _model;
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The sanitised backup's file, compressed by gzip when its name ends with .gz, or - for standard output.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _source = new("--src")
    {
        Description = "The backup, or - for standard input, where the argument says where the sanitised one goes, as in Sentry's own tool.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "What new values are made of: the same seed gives the same output. Keep it secret. Default: a new one every time.",
        HelpName = "TEXT",
    };

    private readonly Option<int> _days = new("--days-offset") { Description = "By how many days all dates are moved besides.", HelpName = "N" };
    private readonly Option<bool> _fieldsOnly = new("--fields-only")
    {
        Description = "Leave the text of fields without a rule as it is, even where it holds values that are replaced elsewhere.",
    };

    private readonly Option<JsonTextReading> _jsonTexts = CommonOptions.JsonTexts();
    private readonly Option<string?> _key = EncryptionOptions.DecryptWith();
    private readonly Option<string?> _encryptWith = EncryptionOptions.EncryptWith();

    internal SanitizeCommand(Terminal terminal)
        : base("sanitize", "Replaces names, addresses, secrets and dates in a backup, which still imports. Check the result with audit.")
    {
        _terminal = terminal;
        Add(_file);
        _model = new ModelOptions(this);
        Add(_output);
        Add(_source);
        Add(_seed);
        Add(_days);
        Add(_fieldsOnly);
        Add(_jsonTexts);
        this.AddKey(_key);
        this.AddKey(_encryptWith);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation sanitize backup.json --output sanitized.json",
        "relocation sanitize backup.json.gz --assembly Shop.dll --seed \"$SECRET\" --output sanitized.json.gz",
        "relocation sanitize sanitized.tar --src backup.tar --decrypt-with key.pem --encrypt-with public.pem",
        "relocation sanitize backup.tar --decrypt-with key.pem --days-offset 30 --output - > sanitized.json",
    ];

    /// <summary>The rules for the models of a source.</summary>
    internal static SanitizeRules RulesOf(ModelSource source, RelocationModel model) =>
        source is SentrySource ? SentrySanitizing.Rules(model) : SanitizeRules.Default(model);

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (input, output) = (parse.GetValue(_source), parse.GetValue(_output)) switch
        {
            (null, { } given) => (parse.GetValue(_file)!, given),
            ({ } given, null) => (given, parse.GetValue(_file)!),
            _ => throw Errors.SanitizedWhereTo(),
        };
        output = OutputArgument.Read(output);
        var source = _model.Read(parse) ?? SentrySource.Head;
        var model = source.CreateModel(SqliteEngine.Instance);
        var progress = new CountProgressBar("Sanitizing");
        var options = new SanitizeOptions
        {
            Model = model,
            Rules = RulesOf(source, model),
            Seed = parse.GetValue(_seed),
            DateOffset = TimeSpan.FromDays(parse.GetValue(_days)),
            ReplaceEverywhere = !parse.GetValue(_fieldsOnly),
            JsonTexts = parse.GetValue(_jsonTexts),
            Progress = progress,
        };
        var backup = BackupArgument.Open(input, parse.GetValue(_key));
        var destination = DestinationArgument.Open(_terminal, output, parse.GetValue(_encryptWith));
        SanitizeResult? result = null;
        await progress.RunAsync(
            _terminal,
            0,
            async () => result = await BackupSanitizer.SanitizeAsync(backup, destination, options, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        Write(output == OutputArgument.StandardOutput ? _terminal.ErrorWriter : _terminal.Writer, output, result!);
        return ExitCode.Done;
    }

    private static void Write(TextWriter writer, string output, SanitizeResult result)
    {
        writer.WriteList(
            "Left out, because the model does not know them:",
            [.. result.Dropped.OrderBy(dropped => dropped.Key).Select(dropped => $"{dropped.Key}: {ReportText.Count(dropped.Value, "record")}")],
            "give the model that the backup was written by.");
        writer.WriteLine(Terminal.Printable(
            $"{output}: {ReportText.Count(result.Records, "record")}; {ReportText.Count(result.Replaced.Values.Sum(), "value")} of "
            + $"{ReportText.Count(result.Replaced.Count, "field")} replaced, {ReportText.Number(result.ReplacedElsewhere)} in other text."));
        if (result.JsonTexts is { } texts)
        {
            writer.WriteLine(JsonTextText.Of(texts));
        }
    }
}
