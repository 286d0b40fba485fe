using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation task start</c>.</summary>
internal sealed class TaskStartCommand : Command, IHasExamples
{
    private const string SelfHosted = "self-hosted";
    private const string SaasToSaas = "saas-to-saas";

    private readonly TaskDatabase _database;
    private readonly Argument<string> _backup = new("BACKUP") { Description = "The encrypted tarball of a backup, or - for standard input." };
    private readonly Option<string> _owner = new("--owner")
    {
        Description = "The user name of the organizations' future owner: a user of the database.",
        HelpName = "USERNAME",
        Required = true,
    };

    private readonly Option<string?> _creator = new("--creator") { Description = "The user name of the requester. Default: the owner.", HelpName = "USERNAME" };
    private readonly Option<string> _slugs = new("--org-slugs")
    {
        Description = "The slugs of the organizations to relocate, separated by commas.",
        HelpName = "LIST",
        Required = true,
    };

    private readonly Option<string?> _provenance = new("--provenance")
    {
        Description = "Where the file comes from. saas-to-saas merges users whose names exist. Default: self-hosted.",
        HelpName = $"{SelfHosted}|{SaasToSaas}",
    };

    private readonly Option<Guid?> _uuid = new("--uuid") { Description = "The relocation's identity. Default: a random one.", HelpName = "UUID" };
    private readonly Option<string?> _pauseAt = TaskDatabase.Step("--pause-at", "Pause before this step. Default: nowhere.");

    internal TaskStartCommand(Terminal terminal)
        : base("start", "Starts a relocation: stores the file and creates its rows. It does not run yet.")
    {
        _provenance.AcceptOnlyFromAmong(SelfHosted, SaasToSaas);
        Add(_backup);
        Add(_owner);
        Add(_creator);
        Add(_slugs);
        Add(_provenance);
        Add(_uuid);
        Add(_pauseAt);
        _database = new TaskDatabase(this, terminal);
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } =
    [
        "relocation task start backup.tar --database sentry_test.db --owner ada@example.com --org-slugs acme,umbrella",
    ];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var file = await BackupArgument.OpenStreamAsync(parse.GetValue(_backup)!, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            var request = new RelocationRequest
            {
                File = file,
                Owner = parse.GetValue(_owner)!,
                Creator = parse.GetValue(_creator),
                IsElevated = true,
                Organizations = parse.GetValue(_slugs)!.Split(','),
                Provenance = parse.GetValue(_provenance) == SaasToSaas ? RelocationProvenance.SaasToSaas : RelocationProvenance.SelfHosted,
                Uuid = parse.GetValue(_uuid),
            };
            var options = new RelocationTaskOptions
            {
                Version = _database.Version(parse),
                Storage = _database.Storage(parse),
                AutopauseAt = TaskDatabase.StepOf(parse.GetValue(_pauseAt)),
                Logger = _database.Logger,
            };
            return await _database.ReportAsync(
                parse, options, (task, connection) => task.StartAsync(connection, request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }
}
