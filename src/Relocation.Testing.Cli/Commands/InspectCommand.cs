using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Inspecting;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation inspect</c>.</summary>
internal sealed class InspectCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _backup = CommonOptions.Backup();
    private readonly Option<string?> _decryptWith = EncryptionOptions.DecryptWith();
    private readonly ModelOptions _model;
    private readonly Option<bool> _includeValues = CommonOptions.IncludeValues();
    private readonly Option<bool> _json = CommonOptions.Json();

    internal InspectCommand(Terminal terminal)
        : base("inspect", "Shows the content of a backup, and, with a model, how the two fit. Needs no database.")
    {
        _terminal = terminal;
        Add(_backup);
        this.AddKey(_decryptWith);
        _model = new ModelOptions(this);
        Add(_includeValues);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation inspect backup.json",
        "relocation inspect backup.json --model sentry@24.7.0",
        "relocation inspect - --json < backup.json",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        // The engine of the model's column types does not matter here.
        var model = _model.Read(parse)?.CreateModel(SqliteEngine.Instance);
        var backup = BackupArgument.Open(parse.GetValue(_backup)!, parse.GetValue(_decryptWith));
        var includeValues = parse.GetValue(_includeValues);
        var progress = new ImportProgressBar();
        var inspection = await progress.RunAsync(
            _terminal, () => BackupInspection.RunAsync(backup, model, includeValues, progress, cancellationToken)).ConfigureAwait(false);
        if (parse.GetValue(_json))
        {
            InspectJson.Write(_terminal, inspection);
        }
        else
        {
            new InspectReport(inspection, _terminal).Write();
        }

        return ExitCode.Done;
    }
}
