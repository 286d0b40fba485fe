using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The database, the storage and the output that all commands of relocations have.</summary>
internal sealed class TaskDatabase
{
    private readonly Terminal _terminal;
    private readonly Option<string> _database = new("--database")
    {
        Description = "The database that is relocated into: a SQLite file or a connection string. Missing tables of relocations are created.",
        HelpName = "PATH-OR-CONNECTION-STRING",
        Required = true,
    };

    private readonly Option<string> _storage = new("--storage")
    {
        Description = "The folder for the files of relocations; created if it is missing.",
        DefaultValueFactory = _ => "relocation-storage",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = $"The version of the models: sentry, or sentry@VERSION ({string.Join(", ", SentryModel.Versions)}).",
        HelpName = "sentry[@VERSION]",
    };

    private readonly WaitOptions _wait;
    private readonly Option<bool> _anyName = CommonOptions.AnyDatabaseName();
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <param name="command">The command that gets the options.</param>
    /// <param name="terminal">Where results go.</param>
    internal TaskDatabase(Command command, Terminal terminal)
    {
        _terminal = terminal;
        command.Add(_database);
        _storage.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var folder }] && string.IsNullOrWhiteSpace(folder))
            {
                result.AddError(Errors.NoFolder(_storage.Name));
            }
        });
        command.Add(_storage);
        command.Add(_model);
        _wait = new WaitOptions(command, terminal);
        command.Add(_anyName);
        command.Add(_json);
        command.Add(CommonOptions.Verbose());
    }

    /// <summary>The identity that most commands are given.</summary>
    internal static Argument<Guid> Uuid() => new("UUID") { Description = "The relocation's identity, as shown by task start." };

    /// <summary>An option that names a step.</summary>
    internal static Option<string?> Step(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "STEP" };
        option.AcceptOnlyFromAmong(
            [.. Enum.GetValues<RelocationStep>().Where(step => step is >= RelocationStep.Preprocessing and <= RelocationStep.Notifying).Select(Word)]);
        return option;
    }

    /// <summary>The step that an option names.</summary>
    internal static RelocationStep? StepOf(string? word) => word is null ? null : Enum.Parse<RelocationStep>(word, ignoreCase: true);

    internal DatabaseLocation Location(ParseResult parse) => DatabaseLocation.Parse(parse.GetValue(_database)!);

    /// <summary>The options of relocations that all commands have.</summary>
    internal RelocationTaskOptions Options(ParseResult parse) => new()
    {
        Version = Version(parse),
        Storage = Storage(parse),
        Logger = _wait.Logger,
    };

    /// <summary>The import options of relocations on the command line.</summary>
    internal SentryImportOptions Import(ParseResult parse) => new() { WaitLimit = _wait.Limit(parse) };

    internal string Version(ParseResult parse) => parse.GetValue(_model) is { } model ? SentrySource.Parse(model).Version : SentryModel.Head;

    internal RelocationStorage Storage(ParseResult parse) => RelocationStorage.InFolder(parse.GetValue(_storage)!);

    /// <summary>Writes warnings to standard error.</summary>
    internal Microsoft.Extensions.Logging.ILogger Logger => _wait.Logger;

    /// <summary>Opens the database, creates missing tables, and does something with it.</summary>
    internal async Task<T> UseAsync<T>(
        ParseResult parse, RelocationTaskOptions options, Func<RelocationTask, DbConnection, Task<T>> use, CancellationToken cancellationToken)
    {
        var location = Location(parse);
        var database = await OpenDatabase.OpenAsync(
            location, mayCreate: false, parse.GetValue(_anyName), _wait.PatienceOf(parse), cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            await LimitWaitingAsync(database.Connection, _wait.Limit(parse), cancellationToken).ConfigureAwait(false);
            var task = new RelocationTask(location.Engine, options);
            await task.CreateTablesAsync(database.Connection, cancellationToken).ConfigureAwait(false);
            return await use(task, database.Connection).ConfigureAwait(false);
        }
    }

    /// <summary>Does something with one relocation, and reports its state.</summary>
    internal async Task<int> ReportAsync(
        ParseResult parse,
        RelocationTaskOptions options,
        Func<RelocationTask, DbConnection, Task<RelocationState>> use,
        CancellationToken cancellationToken,
        bool isFailureFinding = false)
    {
        var state = await UseAsync(parse, options, use, cancellationToken).ConfigureAwait(false);
        var exitCode = isFailureFinding && state.Status == RelocationStatus.Failure ? ExitCode.Finding : ExitCode.Done;
        TaskReport.Write(_terminal, state, parse.GetValue(_json), exitCode);
        return exitCode;
    }

    /// <summary>Reports the state of several relocations.</summary>
    internal int Report(ParseResult parse, IReadOnlyList<RelocationState> states)
    {
        TaskReport.Write(_terminal, states, parse.GetValue(_json));
        return ExitCode.Done;
    }

    /// <summary>Waits for rows of relocations as long as imports wait for tables.</summary>
    private static async Task LimitWaitingAsync(DbConnection connection, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (connection is SqliteConnection sqlite)
        {
            // The driver counts in seconds, and takes 0 for ever.
            sqlite.DefaultTimeout = (int)Math.Clamp(limit.TotalSeconds, 1, int.MaxValue / 1000);
            return;
        }

        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // A number.
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SET lock_timeout = {(int)Math.Clamp(limit.TotalMilliseconds, 1, int.MaxValue)}");
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Word(RelocationStep step) => step.ToString().ToLowerInvariant();
}
