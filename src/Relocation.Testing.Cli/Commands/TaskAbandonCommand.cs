using System.CommandLine;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation task abandon</c>.</summary>
internal sealed class TaskAbandonCommand : Command, IHasExamples
{
    private readonly TaskDatabase _database;
    private readonly Argument<Guid> _uuid = TaskDatabase.Uuid();
    private readonly Option<bool> _keep = new("--keep-import")
    {
        Description = "Delete nothing: only make the relocation fail at once, even while it runs elsewhere.",
    };

    internal TaskAbandonCommand(Terminal terminal)
        : base("abandon", "Gives a relocation up: it fails if it has not, and what its import inserted is deleted, with all its files but the first.")
    {
        Add(_uuid);
        Add(_keep);
        _database = new TaskDatabase(this, terminal);
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation task abandon 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --database sentry_test.db",
    ];

    private Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var uuid = parse.GetValue(_uuid);
        var isKept = parse.GetValue(_keep);
        return _database.ReportAsync(
            parse,
            _database.Options(parse),
            (task, connection) => isKept ? task.AbortAsync(connection, uuid, cancellationToken) : task.AbandonAsync(connection, uuid, cancellationToken),
            cancellationToken);
    }
}
