using System.CommandLine;
using System.Text.Json;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Planning;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation graph</c>.</summary>
internal sealed class GraphCommand : Command, IHasExamples
{
    private const string Mermaid = "mermaid";

    private readonly Terminal _terminal;
    private readonly ModelOptions _model;
    private readonly Option<string> _format = new("--format")
    {
        Description = "A drawing (Mermaid), or a listing: all dependencies of each model, what each refers to, or models or tables in order.",
        DefaultValueFactory = _ => Mermaid,
    };

    private readonly Option<string> _engine = new("--engine")
    {
        Description = "The engine whose mapping of a DbContext is listed.",
        DefaultValueFactory = _ => "sqlite",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "Write to a file instead; a listing as JSON if its name ends with .json.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _approved = new("--approved")
    {
        Description = "Compare with an approved file, instead of showing it. A difference gives exit code 1.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    internal GraphCommand(Terminal terminal)
        : base("graph", "Draws or lists what the models of a backup depend on. Needs no database and no backup.")
    {
        _terminal = terminal;
        _format.AcceptOnlyFromAmong([Mermaid, .. Enum.GetNames<DependencyListing>().Select(name => name.ToLowerInvariant())]);
        _engine.AcceptOnlyFromAmong("sqlite", "postgresql");
        _model = new ModelOptions(this);
        Add(_format);
        Add(_engine);
        Add(_output);
        Add(_approved);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation graph --model sentry@24.7.0 --output models.mmd",
        "relocation graph --assembly Shop.dll --format truncate",
        "relocation graph --format detailed --json --approved dependencies.verified.txt",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var source = _model.Read(parse) ?? SentrySource.Head;
        var dependencies = ModelDependencies.Of(source.CreateModel(parse.GetValue(_engine) == "sqlite" ? SqliteEngine.Instance : PostgreSqlEngine.Instance));
        var format = parse.GetValue(_format)!;
        var (output, approved, isJson) = (parse.GetValue(_output) is { } given ? OutputArgument.Read(given) : null, parse.GetValue(_approved), parse.GetValue(_json));
        var text = TextOf(dependencies, format, isJson || string.Equals(Path.GetExtension(output), ".json", StringComparison.OrdinalIgnoreCase));
        if (output is not null)
        {
            await OutputArgument.WriteAsync(_terminal, output, $"{text.TrimEnd('\n')}\n", cancellationToken).ConfigureAwait(false);
        }

        if (approved is not null)
        {
            return await CompareAsync(text, approved, isJson, cancellationToken).ConfigureAwait(false);
        }

        if (output is null)
        {
            await _terminal.Writer.WriteLineAsync(isJson ? text : Terminal.Printable(text.TrimEnd('\n'))).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    /// <summary>For programs, a drawing is wrapped in a document.</summary>
    private static string TextOf(ModelDependencies dependencies, string format, bool asJson) => (format, asJson) switch
    {
        (Mermaid, true) => $"{{\"{Mermaid}\": {JsonSerializer.Serialize(dependencies.ToMermaid())}}}",
        (Mermaid, _) => dependencies.ToMermaid(),
        (_, true) => dependencies.ToJson(Enum.Parse<DependencyListing>(format, ignoreCase: true)),
        _ => dependencies.ToText(Enum.Parse<DependencyListing>(format, ignoreCase: true)),
    };

    private async Task<int> CompareAsync(string text, string approved, bool isJson, CancellationToken cancellationToken)
    {
        var mismatch = await MapOutput.CompareAsync(SnapshotContent.Of(text), approved, new SnapshotOptions(), cancellationToken).ConfigureAwait(false);
        var exitCode = mismatch is null ? ExitCode.Done : ExitCode.Finding;
        if (isJson)
        {
            JsonDocumentWriter.Write(_terminal, json =>
            {
                json.WriteString("status", mismatch is null ? "approved" : "mismatch");
                json.WriteNumber("exitCode", exitCode);
                if (ApprovedDocument.Of(approved, mismatch) is { } comparison)
                {
                    json.WriteValue("approved", comparison);
                }
            });
        }
        else
        {
            await _terminal.Writer.WriteLineAsync(Terminal.Printable(mismatch?.Message ?? "As approved.")).ConfigureAwait(false);
        }

        return exitCode;
    }
}
