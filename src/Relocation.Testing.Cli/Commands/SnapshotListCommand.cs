using System.CommandLine;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Reviewing;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation snapshot list</c>.</summary>
internal sealed class SnapshotListCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly SnapshotOptionsReader _where;
    private readonly Option<string?> _run = new("--run")
    {
        Description = "The folder of RELOCATION_SNAPSHOT_RUN in a run of all tests: approved files that the run did not use are listed as orphaned.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> _all = new("--all") { Description = "List approved files without a pending snapshot too." };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal SnapshotListCommand(Terminal terminal)
        : base("list", "Lists pending snapshots. Exit code 1 if there are any, or orphans.")
    {
        _terminal = terminal;
        _where = new SnapshotOptionsReader(this);
        Add(_run);
        Add(_all);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(Run);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation snapshot list",
        "relocation snapshot list --folder tests --json",
        "RELOCATION_SNAPSHOT_RUN=artifacts/run dotnet test && relocation snapshot list --run artifacts/run",
    ];

    private int Run(ParseResult parse)
    {
        var all = _where.Read(parse).Find(parse.GetValue(_run));
        var findings = all.Where(snapshot => snapshot.State != ReviewState.Approved).ToList();
        var exitCode = findings.Count == 0 ? ExitCode.Done : ExitCode.Finding;
        SnapshotReport.Write(_terminal, parse.GetValue(_json), "listed", exitCode, parse.GetValue(_all) ? all : findings);
        if (!parse.GetValue(_json))
        {
            _terminal.Writer.WriteLine(
                $"{ReportText.Count(all.Count, "snapshot")}: {ReportText.Number(all.Count(snapshot => snapshot.Received.Count > 0))} waiting for review, "
                + $"{ReportText.Number(all.Count(snapshot => snapshot.State == ReviewState.Orphaned))} orphaned.");
        }

        return exitCode;
    }
}
