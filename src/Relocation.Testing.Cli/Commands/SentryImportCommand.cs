using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation import users</c> and its siblings: a backup of Sentry, imported through the rules of its models.</summary>
internal sealed class SentryImportCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly ImportScope _scope;
    private readonly Argument<string> _backup = CommonOptions.Backup();
    private readonly Option<string?> _decryptWith = EncryptionOptions.DecryptWith();
    private readonly Option<string?> _database = new("--database")
    {
        Description = "A SQLite file, created if missing, or a connection string. Default: a temporary SQLite database.",
        HelpName = "PATH-OR-CONNECTION-STRING",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = $"The version of the models: sentry, or sentry@VERSION ({string.Join(", ", SentryModel.Versions)}).",
        HelpName = "sentry[@VERSION]",
    };

    private readonly SentryOptions _sentry;
    private readonly ImportOptionsReader _import;
    private readonly MapOptions _map;
    private readonly Option<bool> _anyName = CommonOptions.AnyDatabaseName();
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <param name="terminal">Where results go.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="scope">The scope that it imports in.</param>
    internal SentryImportCommand(Terminal terminal, string name, ImportScope scope)
        : base(name, $"Imports a backup of Sentry in {scope.Name.ToLowerInvariant()} scope, as --scope {scope.Name.ToLowerInvariant()} does.")
    {
        _terminal = terminal;
        _scope = scope;
        Examples = [$"relocation import {name} backup.json --database sentry_test.db --findings-file findings.json"];
        Add(_backup);
        this.AddKey(_decryptWith);
        Add(_database);
        Add(_model);
        _sentry = new SentryOptions(this, scope);
        _import = new ImportOptionsReader(this, terminal, takesCollisions: false);
        _map = new MapOptions(this);
        Add(_anyName);
        Add(_json);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var map = _map.Read(parse);
        var location = parse.GetValue(_database) is { } database ? DatabaseLocation.Parse(database) : DatabaseLocation.Temporary();
        var progress = _terminal.ShowsProgress && !_sentry.IsSilent(parse) ? new ImportProgressBar() : null;
        var options = _import.Read(parse, _scope, progress, UnresolvedReferencePolicy.Drop, location);
        var model = parse.GetValue(_model) is { } name ? SentrySource.Parse(name) : SentrySource.Head;
        var import = await _sentry.ReadAsync(
            parse, model, _scope, location, options, _import.PatienceOf(parse), parse.GetValue(_anyName), SchemaChoice.WhenMissing, cancellationToken).ConfigureAwait(false);
        var backup = BackupArgument.Open(parse.GetValue(_backup)!, parse.GetValue(_decryptWith));
        var outcome = await _sentry.RunAsync(parse, _terminal, import, backup, cancellationToken).ConfigureAwait(false);
        if (outcome is null)
        {
            return ExitCode.Done;
        }

        var output = new ImportOutput(_terminal, map, parse.GetValue(_json), options.IncludeValuesInErrors, _sentry.IsSilent(parse));
        return await output.WriteAsync(outcome).ConfigureAwait(false);
    }
}
