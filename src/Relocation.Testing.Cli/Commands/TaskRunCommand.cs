using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation task run</c> and <c>relocation task resume</c>.</summary>
internal sealed class TaskRunCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly bool _isResumption;
    private readonly TaskDatabase _database;
    private readonly Argument<Guid> _uuid = TaskDatabase.Uuid();
    private readonly Option<string?> _decryptWith = EncryptionOptions.DecryptWith();
    private readonly Option<string?> _encryptWith = new("--encrypt-with")
    {
        Description = "Encrypt the exports for the validation with the public key in this file (PEM), to which --decrypt-with belongs.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _allowPlain = new("--allow-plain-json") { Description = "Accept plain or compressed JSON too." };
    private readonly Option<bool> _chunks = new("--chunk-by-chunk")
    {
        Description = "Commit the import chunk by chunk; a failed relocation undoes what was committed. Default: one transaction.",
    };

    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Repeat failed tasks at once, without delay." };
    private readonly Option<string?> _pauseAt = TaskDatabase.Step("--pause-at", "Pause before this step. Default: nowhere.");

    internal TaskRunCommand(Terminal terminal, bool isResumption)
        : base(
            isResumption ? "resume" : "run",
            isResumption
                ? "Goes on with a relocation that is paused or was interrupted, with the attempts that it has left."
                : "Runs a relocation until it succeeds, fails or pauses. One that is paused stays so.")
    {
        _terminal = terminal;
        _isResumption = isResumption;
        Examples =
        [
            $"relocation task {Name} 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --database sentry_test.db --decrypt-with private.pem",
            .. isResumption
                ? (string[])["relocation task resume 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --database sentry_test.db --decrypt-with private.pem --pause-at importing"]
                : [],
        ];
        Add(_uuid);
        this.AddKey(_decryptWith);
        this.AddKey(_encryptWith);
        Add(_allowPlain);
        Add(_chunks);
        Add(_noWait);
        if (isResumption)
        {
            Add(_pauseAt);
        }

        _database = new TaskDatabase(this, terminal);
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; }

    private Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var uuid = parse.GetValue(_uuid);
        var progress = new TaskProgressBar();
        var options = new RelocationTaskOptions
        {
            Version = _database.Version(parse),
            Storage = _database.Storage(parse),
            Decryptor = parse.GetValue(_decryptWith) is { } privateKey ? EncryptionOptions.Decryptor(privateKey) : null,
            Encryptor = parse.GetValue(_encryptWith) is { } publicKey ? EncryptionOptions.Encryptor(publicKey) : null,
            AllowPlainJson = parse.GetValue(_allowPlain),
            IsResumable = parse.GetValue(_chunks),
            WaitsBetweenAttempts = !parse.GetValue(_noWait),
            Import = _database.Import(parse),
            Progress = _terminal.ShowsProgress ? progress : null,
            Logger = _database.Logger,
        };
        return _database.ReportAsync(
            parse,
            options,
            (task, connection) => progress.RunAsync(_terminal, () => _isResumption
                ? task.ResumeAsync(connection, uuid, TaskDatabase.StepOf(parse.GetValue(_pauseAt)), cancellationToken)
                : task.RunAsync(connection, uuid, cancellationToken)),
            cancellationToken,
            isFailureFinding: true);
    }
}
