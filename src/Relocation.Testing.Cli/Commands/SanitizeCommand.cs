using System.CommandLine;
using System.Globalization;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation sanitize</c>.</summary>
internal sealed class SanitizeCommand : Command, IHasExamples
{
    private const int MostDays = 36_500;

    private readonly Terminal _terminal;
    private readonly Argument<string?> _file = new("BACKUP")
    {
        Description = "The backup, or - for standard input; with --src, where the sanitised one goes.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ModelOptions _model;
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The sanitised backup's file, compressed by gzip if its name ends with .gz, or - for standard output.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _source = new("--src")
    {
        Description = "The backup, or - for standard input, where the argument says where the sanitised one goes, as in Sentry's own tool.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "The seed of new values: the same seed gives the same output. Keep it secret. Default: a new one every time.",
        HelpName = "TEXT",
    };

    private readonly RulesOptions _rules;
    private readonly Option<bool> _list = new("--list-rules")
    {
        Description = "Only write all fields with their rules, and why they have them, as a rules file; with a backup, the members of its JSON too.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<int> _days = new("--days-offset") { Description = "A number of days by which all dates are moved in addition, from -36500 to 36500.", HelpName = "N" };
    private readonly Option<bool> _fieldsOnly = new("--fields-only")
    {
        Description = "Leave text in fields without a rule as it is, even if it contains values that are replaced elsewhere.",
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
        _rules = new RulesOptions(this, sanitizes: true);
        Add(_list);
        Add(_seed);
        Add(_days);
        Add(_fieldsOnly);
        Add(_jsonTexts);
        this.AddKey(_key);
        this.AddKey(_encryptWith);
        Add(_json);
        Add(CommonOptions.Verbose());
        _days.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out var days) && days is < -MostDays or > MostDays)
            {
                result.AddError(Errors.TooManyDays(MostDays));
            }
        });
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation sanitize backup.json --output sanitized.json",
        "relocation sanitize --assembly Shop.dll --list-rules > rules.json",
        "relocation sanitize backup.json --assembly Shop.dll --rules rules.json --fail-on-unruled --output sanitized.json",
        "relocation sanitize backup.json --assembly Shop.dll --rule shop.customer.nickname=keep --output sanitized.json",
        "relocation sanitize backup.json.gz --assembly Shop.dll --seed \"$SECRET\" --output sanitized.json.gz",
        "relocation sanitize sanitized.tar --src backup.tar --decrypt-with key.pem --encrypt-with public.pem",
        "relocation sanitize backup.tar --decrypt-with key.pem --days-offset 30 --output - > sanitized.json",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (model, rules) = _rules.Read(parse, _model.Read(parse) ?? SentrySource.Head);
        var progress = new CountProgressBar("Sanitizing");
        var options = new SanitizeOptions
        {
            Model = model,
            Rules = rules,
            Seed = parse.GetValue(_seed),
            DateOffset = TimeSpan.FromDays(parse.GetValue(_days)),
            ReplaceEverywhere = !parse.GetValue(_fieldsOnly),
            JsonTexts = parse.GetValue(_jsonTexts),
            Progress = progress,
        };
        if (parse.GetValue(_list))
        {
            await ListAsync(parse, options, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        }

        var (input, output) = (parse.GetValue(_file), parse.GetValue(_source), parse.GetValue(_output)) switch
        {
            (null, _, _) => throw Errors.SanitizedWhat(),
            ({ } from, null, { } to) => (from, to),
            ({ } to, { } from, null) => (from, to),
            _ => throw Errors.SanitizedWhereTo(),
        };
        output = OutputArgument.Read(output);
        if (output == OutputArgument.StandardOutput && parse.GetValue(_json))
        {
            throw Errors.OutputTwice();
        }

        var backup = BackupArgument.Open(input, parse.GetValue(_key));
        var destination = DestinationArgument.Open(_terminal, output, parse.GetValue(_encryptWith));
        SanitizeResult? result = null;
        await progress.RunAsync(
            _terminal,
            0,
            async () => result = await BackupSanitizer.SanitizeAsync(backup, destination, options, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        var exitCode = _rules.FailsOnUnruled(parse) && result!.Kept.Count > 0 ? ExitCode.Finding : ExitCode.Done;
        if (parse.GetValue(_json))
        {
            WriteJson(output, result!, exitCode);
        }
        else
        {
            Write(output == OutputArgument.StandardOutput ? _terminal.ErrorWriter : _terminal.Writer, output, result!);
        }

        return exitCode;
    }

    private async Task ListAsync(ParseResult parse, SanitizeOptions options, CancellationToken cancellationToken)
    {
        var (input, output) = (parse.GetValue(_file), parse.GetValue(_source), parse.GetValue(_output)) switch
        {
            (var from, null, var to) => (from, to),
            (var to, { } from, null) => (from, to),
            (null, { } from, { } to) => (from, to),
            _ => throw Errors.SanitizedWhereTo(),
        };
        var backup = input is null ? null : BackupArgument.Open(input, parse.GetValue(_key));
        var rules = ShownText.Json(await BackupSanitizer.ListRulesAsync(options, backup, cancellationToken).ConfigureAwait(false));
        var destination = OutputArgument.Read(output ?? OutputArgument.StandardOutput);
        await OutputArgument.WriteAsync(_terminal, destination, rules, cancellationToken).ConfigureAwait(false);
        if (destination != OutputArgument.StandardOutput)
        {
            await _terminal.SayWrittenAsync("Rules written", destination).ConfigureAwait(false);
        }
    }

    private static void Write(TextWriter writer, string output, SanitizeResult result)
    {
        writer.WriteList(
            "Left out, because the model does not know them:",
            [.. result.Dropped.OrderBy(dropped => dropped.Key).Select(dropped => $"{dropped.Key}: {ReportText.Count(dropped.Value, "record")}")],
            "give the model that the backup was written by.");
        if (result.JsonTexts is { } texts)
        {
            writer.WriteLine(JsonTextText.Of(texts));
        }

        writer.WriteKept(result.Kept);
        writer.WriteLine(Terminal.Printable(
            $"{ShownText.Line(output)}: {ReportText.Count(result.Records, "record")}; {ReportText.Count(result.Replaced.Values.Sum(), "value")} of "
            + $"{ReportText.Count(result.Replaced.Count, "field")} replaced, {ReportText.Number(result.ReplacedElsewhere)} in other text; "
            + $"{ReportText.Count(result.Kept.Sum(field => field.Count), "value")} of {ReportText.Count(result.Kept.Count, "field")} without a rule kept."));
    }

    private void WriteJson(string output, SanitizeResult result, int exitCode) => JsonDocumentWriter.Write(_terminal, json =>
    {
        json.WriteString("status", exitCode == ExitCode.Done ? "done" : "finding");
        json.WriteNumber("exitCode", exitCode);
        json.WriteString("output", output);
        json.WriteNumber("records", result.Records);
        json.WriteStartArray("leftOut");
        foreach (var (model, count) in result.Dropped.OrderBy(dropped => dropped.Key))
        {
            json.WriteStartObject();
            json.WriteString("model", model.Value);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("replaced");
        foreach (var ((model, field), count) in result.Replaced.OrderBy(replaced => replaced.Key.Model).ThenBy(replaced => replaced.Key.Field, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("model", model.Value);
            json.WriteString("field", field);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("replacedElsewhere", result.ReplacedElsewhere);
        json.WriteValue("jsonTexts", result.JsonTexts);
        json.WriteKept(result.Kept);
    });
}
