using System.CommandLine;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation task status</c>.</summary>
internal sealed class TaskStatusCommand : Command, IHasExamples
{
    private readonly TaskDatabase _database;
    private readonly Argument<Guid?> _uuid = new("UUID")
    {
        Description = "The relocation's identity. Default: all relocations.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    internal TaskStatusCommand(Terminal terminal)
        : base("status", "Shows the state of a relocation, or of all.")
    {
        Add(_uuid);
        _database = new TaskDatabase(this, terminal);
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation task status --database sentry_test.db",
        "relocation task status 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --database sentry_test.db --json",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var options = _database.Options(parse);
        return parse.GetValue(_uuid) is { } uuid
            ? await _database.ReportAsync(parse, options, (task, connection) => task.FindAsync(connection, uuid, cancellationToken), cancellationToken)
                .ConfigureAwait(false)
            : _database.Report(parse, await _database.UseAsync(
                parse, options, (task, connection) => task.ListAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false));
    }
}
