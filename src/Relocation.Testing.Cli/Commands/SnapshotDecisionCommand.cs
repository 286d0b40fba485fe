using System.CommandLine;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Reviewing;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation snapshot accept</c> and <c>relocation snapshot reject</c>.</summary>
internal sealed class SnapshotDecisionCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly bool _isAcceptance;
    private readonly SnapshotOptionsReader _where;
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Snapshots by name, or by a pattern with * and ?.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _all = new("--all") { Description = "All pending snapshots." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask. Required for patterns and --all without a terminal." };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal SnapshotDecisionCommand(Terminal terminal, bool isAcceptance)
        : base(
            isAcceptance ? "accept" : "reject",
            isAcceptance
                ? "Approves what was received: it takes the approved file's place."
                : "Takes away what was received; what was approved stays.")
    {
        _terminal = terminal;
        _isAcceptance = isAcceptance;
        Add(_names);
        _where = new SnapshotOptionsReader(this);
        Add(_all);
        Add(_yes);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples =>
    [
        $"relocation snapshot {Name} OrderTests.Keys_stay_as_approved",
        $"relocation snapshot {Name} 'OrderTests.*' --yes",
        $"relocation snapshot {Name} --all",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var selection = new SnapshotSelection(parse.GetValue(_names) ?? [], parse.GetValue(_all));
        var waiting = _where.Read(parse).Find(run: null).Where(snapshot => snapshot.Received.Count > 0).ToList();
        var chosen = selection.From(waiting);
        var isJson = parse.GetValue(_json);
        if (chosen.Count > 0 && !selection.IsOneName && !parse.GetValue(_yes) && !IsConfirmed(chosen, isJson))
        {
            _terminal.Writer.WriteLine("Nothing was changed.");
            return ExitCode.Finding;
        }

        foreach (var snapshot in chosen)
        {
            await DecideAsync(snapshot, cancellationToken).ConfigureAwait(false);
        }

        var done = _isAcceptance ? "accepted" : "rejected";
        SnapshotReport.Write(_terminal, isJson, done, ExitCode.Done, chosen);
        if (!isJson)
        {
            _terminal.Writer.WriteLine($"{ReportText.Count(chosen.Count, "snapshot")} {done}.");
        }

        return ExitCode.Done;
    }

    private async Task DecideAsync(ReviewedSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            if (_isAcceptance)
            {
                await snapshot.AcceptAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                snapshot.Reject();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.SnapshotUnwritable(snapshot.Approved, exception);
        }
    }

    private bool IsConfirmed(IReadOnlyList<ReviewedSnapshot> chosen, bool isJson)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected || isJson)
        {
            throw Errors.NotConfirmed(Name, chosen.Count);
        }

        _terminal.Writer.WriteList(
            $"{ReportText.Count(chosen.Count, "snapshot")} to {Name}:", [.. chosen.Select(snapshot => snapshot.Name)], "see relocation snapshot list.");
        _terminal.Writer.Write($"{Name} all of these? [y/N] ");
        _terminal.Writer.Flush();
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
