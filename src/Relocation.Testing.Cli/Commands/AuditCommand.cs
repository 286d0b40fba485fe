using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation audit</c>.</summary>
internal sealed class AuditCommand : Command, IHasExamples
{

    private readonly Terminal _terminal;
    private readonly Argument<string> _original = new("ORIGINAL") { Description = "The original backup, or - for standard input." };
    private readonly Argument<string> _sanitized = new("SANITIZED") { Description = "The sanitised backup, or - for standard input." };
    private readonly ModelOptions _model;
    private readonly Option<int> _shortest = new("--shortest")
    {
        Description = "The smallest number of characters of a value that is searched for anywhere, from 4 to 64. Dates are always searched for.",
        DefaultValueFactory = _ => 6,
        HelpName = "N",
    };

    private readonly Option<string?> _key = EncryptionOptions.DecryptWith("--decrypt-original-with", "the original");
    private readonly Option<string?> _sanitizedKey = EncryptionOptions.DecryptWith("--decrypt-sanitized-with", "the sanitized backup");
    private readonly FindingsOptions _findings;
    private readonly RulesOptions _rules;
    private readonly Option<bool> _json = CommonOptions.Json();

    internal AuditCommand(Terminal terminal)
        : base(
            "audit",
            "Looks for leaks, values that a rule replaces and that a sanitized backup still holds, and says where: exit code 1. Lists what stays in fields "
            + "without a rule.")
    {
        _terminal = terminal;
        Add(_original);
        Add(_sanitized);
        _model = new ModelOptions(this);
        _rules = new RulesOptions(this, sanitizes: true);
        Add(_shortest);
        this.AddKey(_key);
        this.AddKey(_sanitizedKey);
        _findings = new FindingsOptions(this);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation audit backup.json sanitized.json",
        "relocation audit backup.json.gz sanitized.json.gz --assembly Shop.dll --format junit > leaks.xml",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (original, sanitized) = (parse.GetValue(_original)!, parse.GetValue(_sanitized)!);
        if (BackupArgument.IsStandardInput(original) && BackupArgument.IsStandardInput(sanitized))
        {
            throw Errors.InputTwice();
        }

        if (parse.GetValue(_shortest) is < 4 or > 64)
        {
            throw Errors.ShortestPart();
        }

        var (model, rules) = _rules.Read(parse, _model.Read(parse) ?? SentrySource.Head);
        var options = new LeakAuditOptions
        {
            Model = model,
            Rules = rules,
            ShortestPart = parse.GetValue(_shortest),
            MaxFindings = _findings.MaxFindings(parse),
        };
        var before = BackupArgument.Open(original, parse.GetValue(_key));
        var result = await LeakAudit.RunAsync(before, BackupArgument.Open(sanitized, parse.GetValue(_sanitizedKey)), options, cancellationToken).ConfigureAwait(false);
        var failsOnKept = _rules.FailsOnUnruled(parse) && result.Kept.Count > 0;
        if (parse.GetValue(_json))
        {
            await FindingsFile.WriteAsync(_terminal, _findings.File(parse), result.Findings).ConfigureAwait(false);
            var exitCode = result.Count > 0 || failsOnKept ? ExitCode.Finding : ExitCode.Done;
            WriteJson(result, exitCode, options.ShortestPart);
            return exitCode;
        }

        // Other forms hold findings alone; what is kept is said beside them.
        (_findings.IsText(parse) ? _terminal.Writer : _terminal.ErrorWriter).WriteKept(result.Kept);
        var closing = $"{ReportText.Count(result.Count, "leak")} in {ReportText.Count(result.Records, "record")}; "
            + $"{ReportText.Count(result.Kept.Sum(field => field.Count), "value")} of {ReportText.Count(result.Kept.Count, "field")} without a rule kept.\n{NotLookedFor(options.ShortestPart)}";
        var code = await _findings.WriteAsync(parse, _terminal, $"audit {original} {sanitized}", result.Findings, closing).ConfigureAwait(false);
        return failsOnKept ? ExitCode.Finding : code;
    }

    private static string NotLookedFor(int shortest) =>
        $"Not looked for: numbers, booleans, and values of fewer than {shortest} characters anywhere but where they stood.";

    private void WriteJson(LeakAuditResult result, int exitCode, int shortest) => JsonDocumentWriter.Write(_terminal, json =>
    {
        json.WriteString("status", exitCode == ExitCode.Done ? "done" : "finding");
        json.WriteNumber("exitCode", exitCode);
        json.WriteNumber("records", result.Records);
        json.WriteNumber("leaks", result.Count);
        json.WritePropertyName("findings");
        json.WriteRawValue(result.Findings.ToJson());
        json.WriteKept(result.Kept);
        json.WriteString("notLookedFor", NotLookedFor(shortest));
    });
}
