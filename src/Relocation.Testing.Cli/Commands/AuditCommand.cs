using System.CommandLine;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation audit</c>.</summary>
internal sealed class AuditCommand : Command, IHasExamples
{
    private const string StandardInput = "-";

    private readonly Terminal _terminal;
    private readonly Argument<string> _original = new("ORIGINAL") { Description = "The original backup, or - for standard input." };
    private readonly Argument<string> _sanitized = new("SANITIZED") { Description = "What was made of it, or - for standard input." };
    private readonly ModelOptions _model;
    private readonly Option<int> _shortest = new("--shortest")
    {
        Description = "How many characters a value has at least, to be looked for within longer text; from 4 to 64.",
        DefaultValueFactory = _ => 6,
        HelpName = "N",
    };

    private readonly Option<string?> _key = EncryptionOptions.DecryptWith("--decrypt-original-with", "the original");
    private readonly Option<string?> _sanitizedKey = EncryptionOptions.DecryptWith("--decrypt-sanitized-with", "the sanitized backup");
    private readonly FindingsOptions _findings;

    internal AuditCommand(Terminal terminal)
        : base("audit", "Looks for values of a backup that its sanitized form still holds, and says where. Gives exit code 1 when there are any.")
    {
        _terminal = terminal;
        Add(_original);
        Add(_sanitized);
        _model = new ModelOptions(this);
        Add(_shortest);
        this.AddKey(_key);
        this.AddKey(_sanitizedKey);
        _findings = new FindingsOptions(this);
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
        if (original == StandardInput && sanitized == StandardInput)
        {
            throw Errors.InputTwice();
        }

        if (parse.GetValue(_shortest) is < 4 or > 64)
        {
            throw Errors.ShortestPart();
        }

        var source = _model.Read(parse) ?? SentrySource.Head;
        var model = source.CreateModel(SqliteEngine.Instance);
        var options = new LeakAuditOptions
        {
            Model = model,
            Rules = SanitizeCommand.RulesOf(source, model),
            ShortestPart = parse.GetValue(_shortest),
            MaxFindings = _findings.MaxFindings(parse),
        };
        var before = BackupArgument.Open(original, parse.GetValue(_key));
        var result = await LeakAudit.RunAsync(before, BackupArgument.Open(sanitized, parse.GetValue(_sanitizedKey)), options, cancellationToken).ConfigureAwait(false);
        var closing = $"{ReportText.Count(result.Count, "leak")} in {ReportText.Count(result.Records, "record")}.";
        return await _findings.WriteAsync(parse, _terminal, $"audit {original} {sanitized}", result.Findings, closing).ConfigureAwait(false);
    }
}
