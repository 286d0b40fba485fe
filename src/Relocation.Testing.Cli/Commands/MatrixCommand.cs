using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Files;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation matrix</c>.</summary>
internal sealed class MatrixCommand : Command, IHasExamples
{
    private static readonly string[] InFolder = ["**/*.json", "**/*.json.gz"];

    private readonly Terminal _terminal;
    private readonly Argument<string> _backups = new("BACKUPS")
    {
        Description = "A folder, searched for *.json and *.json.gz with its subfolders; one file; or a pattern with * ? and **.",
    };

    private readonly VersionOptions _versions;
    private readonly Option<string?> _scope = new("--scope") { Description = "The scope to import in, for Sentry's tables. Default: global." };
    private readonly Option<string[]> _engines = new("--engine") { Description = "An engine. May be given several times. Default: both." };
    private readonly Option<string[]> _output = new("--output")
    {
        Description = "Write the table to a file: Markdown (.md), JSON (.json), or text to approve (any other ending). May be given more than once.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _approved = new("--approved")
    {
        Description = "Compare the table's text with an approved file. A difference, in any cell, is shown and gives exit code 1.",
        HelpName = "FILE",
    };

    private readonly ImportOptionsReader _import;
    private readonly Option<bool> _json = CommonOptions.Json();

    internal MatrixCommand(Terminal terminal)
        : base("matrix", "Imports every backup into every version of the tables on every engine, and shows which fit.")
    {
        _terminal = terminal;
        _scope.AcceptOnlyFromAmong([.. SentryScopes.All.Select(scope => scope.Name.ToLowerInvariant())]);
        _engines.AcceptOnlyFromAmong([.. EnginePackages.All().Select(NameOf)]);
        Add(_backups);
        _versions = new VersionOptions(this);
        Add(_scope);
        Add(_engines);
        Add(_output);
        Add(_approved);
        _import = new ImportOptionsReader(this, terminal: null, mayResume: false);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation matrix backups",
        "relocation matrix backups --model sentry@24.7.0 --model sentry@head --engine sqlite --output compatibility.md",
        "relocation matrix 'backups/**/*.json' --assembly Shop.dll --context ShopV1 --context ShopV2 --approved shop.matrix.txt",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var versions = _versions.Read(parse);
        var files = Find(parse.GetValue(_backups)!);
        CheckOutputs(parse.GetValue(_output) ?? [], files);
        var backups = files.ConvertAll(file => Backup.FromFile(file, sourceFile: string.Empty));
        var packages = EnginePackages.All().Where(package => parse.GetValue(_engines) is not { Length: > 0 } wanted || wanted.Contains(NameOf(package)));
        var targets = packages.Select(package => package.CreateTarget()).ToList();
        var progress = new CountProgressBar("Importing");
        var options = new CompatibilityOptions
        {
            Targets = targets,
            Import = _import.Read(parse, ScopeOf(parse, versions), null),
            Progress = new CellProgress(progress),
        };
        CompatibilityTable? table = null;
        await progress.RunAsync(
            _terminal,
            (long)backups.Count * versions.Versions.Count * targets.Count,
            async () => table = await CompatibilityMatrix.RunAsync(backups, versions.Versions, options, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        foreach (var file in parse.GetValue(_output) ?? [])
        {
            await WriteAsync(table!, OutputArgument.Read(file), cancellationToken).ConfigureAwait(false);
        }

        var approved = parse.GetValue(_approved);
        var mismatch = approved is null
            ? null
            : await MapOutput.CompareAsync(SnapshotContent.Of(table!.ToText()), approved, new SnapshotOptions(), cancellationToken).ConfigureAwait(false);
        // An equal approved table has the refused cells as refused.
        var isRefused = approved is null && table!.Cells.Any(cell => cell.Result == Compatibility.Refused);
        if (parse.GetValue(_json))
        {
            MatrixReport.WriteJson(_terminal, table!, approved, mismatch, isRefused);
        }
        else
        {
            MatrixReport.Write(_terminal, table!, mismatch, isRefused);
        }

        return mismatch is null && !isRefused ? ExitCode.Done : ExitCode.Finding;
    }

    private static string NameOf(DefaultTargetAttribute package) => package.Engine.Name.ToLowerInvariant();

    /// <summary>Refuses an output file that is one of the backups: only this command knows those in a folder.</summary>
    private static void CheckOutputs(string[] outputs, IEnumerable<string> backups)
    {
        var read = backups.Select(RealPath.Of).ToHashSet(StringComparer.FromComparison(RealPath.Comparison));
        if (Array.Find(outputs, output => OutputArgument.Read(output) != OutputArgument.StandardOutput && read.Contains(RealPath.Of(output))) is { } output)
        {
            throw Errors.OutputIsInput("--output", output, "BACKUPS");
        }
    }

    private static List<string> Find(string argument)
    {
        var patterns = Directory.Exists(argument) ? InFolder.Select(pattern => $"{argument}/{pattern}") : [argument];
        var files = patterns.SelectMany(pattern => new FilePattern(pattern).Find([Environment.CurrentDirectory]))
            .OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => file.Path).ToList();
        return files.Count > 0 ? files : throw Errors.NoBackups(argument);
    }

    private Task WriteAsync(CompatibilityTable table, string output, CancellationToken cancellationToken) => Path.GetExtension(output).ToLowerInvariant() switch
    {
        _ when output == OutputArgument.StandardOutput => OutputArgument.WriteAsync(_terminal, output, $"{table.ToText()}\n", cancellationToken),
        ".md" => OutputArgument.WriteAsync(_terminal, output, table.ToMarkdown(), cancellationToken),
        ".json" => OutputArgument.WriteAsync(_terminal, output, $"{table.ToJson()}\n", cancellationToken),
        _ => SnapshotFile.WriteAsync(output, SnapshotContent.Of(table.ToText()).Chunks(), cancellationToken),
    };

    private ImportScope ScopeOf(ParseResult parse, SourceVersions versions) => parse.GetValue(_scope) switch
    {
        null => versions.DefaultScope,
        _ when !versions.HasScopes => throw Errors.ScopeOfContext(),
        var name => SentryScopes.Parse(name),
    };

    private sealed class CellProgress(IProgress<long> done) : IProgress<CompatibilityProgress>
    {
        public void Report(CompatibilityProgress value) => done.Report(value.Done);
    }
}
