using System.CommandLine;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Reviewing;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation snapshot show</c>.</summary>
internal sealed class SnapshotShowCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly SnapshotOptionsReader _where;
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Snapshots by name or pattern. Default: all that are pending.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    internal SnapshotShowCommand(Terminal terminal)
        : base("show", "Shows the difference, as the test's failure does.")
    {
        _terminal = terminal;
        Add(_names);
        _where = new SnapshotOptionsReader(this);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation snapshot show OrderTests.Keys_stay_as_approved",
        "relocation snapshot show 'OrderTests.*'",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var names = parse.GetValue(_names) ?? [];
        var snapshots = _where.Read(parse).Find(run: null);
        var chosen = new SnapshotSelection(names, all: names.Length == 0)
            .From(names.Length == 0 ? [.. snapshots.Where(snapshot => snapshot.Received.Count > 0)] : snapshots);
        var shown = new List<(ReviewedSnapshot Snapshot, string Difference)>();
        foreach (var snapshot in chosen)
        {
            shown.Add((snapshot, await snapshot.DescribeAsync(cancellationToken).ConfigureAwait(false)));
        }

        SnapshotReport.WriteDifferences(_terminal, parse.GetValue(_json), shown);
        return ExitCode.Done;
    }
}
