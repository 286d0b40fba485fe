using System.CommandLine;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation task pause</c> and <c>relocation task cancel</c>.</summary>
internal sealed class TaskMarkCommand : Command, IHasExamples
{
    private readonly bool _isPause;
    private readonly TaskDatabase _database;
    private readonly Argument<Guid> _uuid = TaskDatabase.Uuid();
    private readonly Option<string?> _at = TaskDatabase.Step("--at", "The step before which it happens, later than the one that it is at. Default: the next.");

    internal TaskMarkCommand(Terminal terminal, bool isPause)
        : base(
            isPause ? "pause" : "cancel",
            isPause
                ? "Lets a relocation pause before its next step, or another; task resume lifts the pause."
                : "Lets a relocation be cancelled before its next step, or another: it then fails. What it has imported stays hidden.")
    {
        _isPause = isPause;
        Examples = [$"relocation task {Name} 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --database sentry_test.db --at importing"];
        Add(_uuid);
        Add(_at);
        _database = new TaskDatabase(this, terminal);
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; }

    private Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (uuid, at) = (parse.GetValue(_uuid), TaskDatabase.StepOf(parse.GetValue(_at)));
        return _database.ReportAsync(
            parse,
            _database.Options(parse),
            (task, connection) => _isPause ? task.PauseAsync(connection, uuid, at, cancellationToken) : task.CancelAsync(connection, uuid, at, cancellationToken),
            cancellationToken);
    }
}
