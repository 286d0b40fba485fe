using System.CommandLine;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation task retry</c>.</summary>
internal sealed class TaskRetryCommand : Command, IHasExamples
{
    private readonly TaskDatabase _database;
    private readonly Argument<Guid> _uuid = TaskDatabase.Uuid();
    private readonly Option<string?> _creator = new("--creator") { Description = "The user name of the requester. Default: the owner.", HelpName = "USERNAME" };
    private readonly Option<Guid?> _newUuid = new("--uuid") { Description = "The new relocation's identity. Default: a random one.", HelpName = "UUID" };
    private readonly Option<string?> _pauseAt = TaskDatabase.Step("--pause-at", "Pause before this step. Default: nowhere.");

    internal TaskRetryCommand(Terminal terminal)
        : base("retry", "Starts a failed relocation again, as a new one with the same file, owner and organizations. What was imported stays.")
    {
        Add(_uuid);
        Add(_creator);
        Add(_newUuid);
        Add(_pauseAt);
        _database = new TaskDatabase(this, terminal);
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } = ["relocation task retry 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --database sentry_test.db"];

    private Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var options = new RelocationTaskOptions
        {
            Version = _database.Version(parse),
            Storage = _database.Storage(parse),
            AutopauseAt = TaskDatabase.StepOf(parse.GetValue(_pauseAt)),
            Logger = _database.Logger,
        };
        return _database.ReportAsync(
            parse,
            options,
            (task, connection) => task.RetryAsync(connection, parse.GetValue(_uuid), parse.GetValue(_creator), parse.GetValue(_newUuid), cancellationToken),
            cancellationToken);
    }
}
