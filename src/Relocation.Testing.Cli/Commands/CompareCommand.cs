using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation compare</c>.</summary>
internal sealed class CompareCommand : Command, IHasExamples
{
    private const string Upstream = "upstream";

    private readonly Terminal _terminal;
    private readonly Argument<string> _left = new("LEFT") { Description = "The older or expected backup, or - for standard input." };
    private readonly Argument<string> _right = new("RIGHT") { Description = "The newer or actual backup, or - for standard input." };
    private readonly ModelOptions _model;
    private readonly Option<string> _comparators = new("--comparators")
    {
        Description = "How Sentry's models are compared: default, or upstream, as Sentry does. A DbContext has default comparators.",
        DefaultValueFactory = _ => "default",
        HelpName = "default|upstream",
    };

    private readonly Option<string?> _leftKey = EncryptionOptions.DecryptWith("--decrypt-left-with", "the left backup");
    private readonly Option<string?> _rightKey = EncryptionOptions.DecryptWith("--decrypt-right-with", "the right backup");
    private readonly Option<bool> _includeValues = CommonOptions.IncludeValues();
    private readonly FindingsOptions _findings;
    private readonly RulesOptions _rules;

    internal CompareCommand(Terminal terminal)
        : base("compare", "Compares two backups record by record, whichever keys the records have, and lists what was added, removed and changed. Gives exit code 1 if they differ.")
    {
        _terminal = terminal;
        _comparators.AcceptOnlyFromAmong("default", Upstream);
        Add(_left);
        Add(_right);
        _model = new ModelOptions(this);
        _rules = new RulesOptions(this, sanitizes: false);
        Add(_comparators);
        this.AddKey(_leftKey);
        this.AddKey(_rightKey);
        _includeValues.Aliases.Add("--show-values");
        Add(_includeValues);
        _findings = new FindingsOptions(this);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation compare backup.json exported.json",
        "relocation compare old.json new.json --assembly Shop.dll --include-values",
        "relocation compare old.json.gz new.json.gz --assembly Shop.dll --format sarif > findings.sarif",
        "relocation compare backup.tar exported.json --decrypt-left-with key.pem --findings-file findings.json",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (left, right) = (parse.GetValue(_left)!, parse.GetValue(_right)!);
        if (BackupArgument.IsStandardInput(left) && BackupArgument.IsStandardInput(right))
        {
            throw Errors.InputTwice();
        }

        var source = _model.Read(parse) ?? SentrySource.Head;
        var model = source.CreateModel(SqliteEngine.Instance).WithRules(_rules.BackupRules(parse));
        var isUpstream = parse.GetValue(_comparators) == Upstream;
        var progress = new CountProgressBar("Comparing");
        var options = new ComparisonOptions
        {
            Model = model,
            Comparators = (source, isUpstream) switch
            {
                (SentrySource, true) => SentryComparators.Upstream(model),
                (SentrySource, false) => SentryComparators.Default(model),
                (_, true) => throw Errors.UpstreamOfContext(),
                _ => Comparators.Default(model),
            },
            MaxFindings = _findings.MaxFindings(parse),
            IncludeValues = parse.GetValue(_includeValues),
            Progress = progress,
        };
        var (leftBackup, rightBackup) = (BackupArgument.Open(left, parse.GetValue(_leftKey)), BackupArgument.Open(right, parse.GetValue(_rightKey)));
        ComparisonResult? result = null;
        await progress.RunAsync(
            _terminal,
            0,
            async () => result = await BackupComparer.CompareAsync(leftBackup, rightBackup, options, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        var isUnpaired = isUpstream && result!.ComparedRecords == 0 && !result.IsEmpty;
        var closing = isUnpaired
            ? $"{ReportText.Count(result!.Count, "finding")}; the records could not be paired, and were not compared."
            : $"{ReportText.Count(result!.Count, "finding")} in {ReportText.Count(result.ComparedRecords, "pair")} of records.";
        return await _findings.WriteAsync(
            parse,
            _terminal,
            $"compare {left} {right}",
            result.Findings,
            closing,
            isUpstream ? () => CompareReport.WriteAsUpstream(_terminal, result.Findings) : () => CompareReport.Write(_terminal, result, options.IncludeValues))
            .ConfigureAwait(false);
    }
}
