using System.CommandLine;
using System.Globalization;
using Relocation.Testing.Engines;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Failures;

/// <summary>Every message of the command line: what is wrong, where, what to do.</summary>
internal static class Errors
{
    internal static UsageException CommandLine(IEnumerable<string> problems, Command command) => new(
        $"{string.Join(Environment.NewLine, problems.Select(Problem))}{Environment.NewLine}See: "
        + $"relocation {PathOf(command)}--help");

    internal static UsageException BackupMissing(string path) => new($"There is no file '{ShownText.Line(path)}'. Give the path of a backup, or - for standard input.");

    internal static UsageException BackupIsFolder(string path) => new($"'{ShownText.Line(path)}' is a folder. Give the path of a backup, or - for standard input.");

    internal static EnvironmentException InputClosed() => new("Standard input is closed. Give the path of a backup, or send one to standard input.");

    internal static UsageException InputIsTerminal() => new(
        "Standard input is the terminal, where no backup comes from. Give the path of one, or send one to standard input: relocation ... - < backup.json");

    internal static UsageException InputIsFolder() => new("Standard input is a folder. Give the path of a backup, or send one to standard input.");

    internal static EnvironmentException OutputUnwritable(Exception cause) => new(
        $"Standard output cannot be written: {Sentence(cause.Message)} What was asked for may be done; only what it says is lost.", cause);

    internal static EnvironmentException OutputClosed() => new(
        "Standard output is closed. What was asked for may be done; only what it says is lost. Send it to a file, or to /dev/null.");

    internal static UsageException OutputIsFolder(string option, string path) => new($"{option}: '{ShownText.Line(path)}' is a folder. Give the path of a file.");

    internal static UsageException OutputIsInput(string option, string path, string reader) => new(
        $"{option}: '{ShownText.Line(path)}' is what {reader} reads, and would be lost. Give another file.");

    internal static UsageException OutputNamedTwice(string option, string path, string other) => new(
        option == other ? $"{option}: '{ShownText.Line(path)}' is given twice. Give each output a file of its own."
            : $"{option}: '{ShownText.Line(path)}' is written by {other} too. Give each output a file of its own.");

    internal static UsageException UnknownModel(string model) => new(
        $"There is no built-in model '{ShownText.Line(model)}'. Use sentry, sentry@VERSION with one of {string.Join(", ", SentryModel.Versions)}, or "
        + "--assembly with a DbContext of yours.");

    internal static UsageException UnknownSentryVersion(string version) => new(
        $"There is no model of Sentry '{ShownText.Line(version)}'. Use one of: {string.Join(", ", SentryModel.Versions)}.");

    internal static UsageException ModelTwice() => new("--model and --assembly exclude each other. Give one of them.");

    internal static UsageException ContextWithoutAssembly() => new("--context names a DbContext of an assembly. Give --assembly too.");

    internal static UsageException LeaveOutWithoutAssembly() => new("--leave-out names a part of a DbContext. Give --assembly too.");

    internal static UsageException AppWithoutAssembly() => new("--app names the labels of a DbContext. Give --assembly too.");

    internal static UsageException NoApp(string app) => new(
        $"--app is '{ShownText.Line(app)}', which is no first part of a label. Write what stands before the dot, as shop in shop.order.");

    internal static UsageException CollisionsOfSentry() => new(
        "--on-collision has no effect on records that are imported as Sentry does: Sentry's models say it themselves. Leave it out, or leave --scope out.");

    internal static UsageException ScopeOfContext() => new(
        "--scope belongs to Sentry's models; a DbContext has no scopes. Leave it out: every record is imported.");

    internal static UsageException SchemaTwice() => new("--create-schema and --no-create-schema exclude each other. Give one of them.");

    internal static UsageException BatchSize() => new("--batch must be at least 1.");

    internal static UsageException NotOfEvents(Exception cause) => new(cause.Message.Split(" (Parameter")[0], cause);

    internal static UsageException EventsMissing(string path, bool isFolder) => new(
        isFolder ? $"'{ShownText.Line(path)}' is a folder. Give the path of a file of events, or - for standard input."
            : $"There is no file '{ShownText.Line(path)}'. Give the path of a file of events, or - for standard input.");

    internal static string EventsNotSaved(bool commitsBatches) => commitsBatches
        ? "Not all events were saved; batches that are committed stay"
        : "The events were not saved, and the database is as it was";

    internal static string EventIsNoObject(System.Text.Json.Nodes.JsonNode? value) =>
        $"{(value is null ? "Null" : value is System.Text.Json.Nodes.JsonArray ? "A list" : "A single value")} stands where an event should. Each event is a JSON object.";

    internal static string EventIsNoJson() => "This is no JSON. Events are JSON objects, in one list or one after another; correct the text here.";

    internal static string EventTooLong(int longest) =>
        $"The event has more than {ReportText.Number(longest)} bytes, or does not end. Shorten it, or correct the text from here on.";

    internal static string MemberTwice() => "The event, or an object in it, has a member more than once, and nobody can say which holds. Leave one of them.";

    internal static string NameIsNoText() => "The name of a member holds half of a character (an escape such as \\ud800 alone), which is no text. Correct it.";

    internal static string EventTooDeep(int deepest) => $"The event is more than {ReportText.Number(deepest)} levels deep. Leave the innermost values out.";

    internal static string EventsCommitted(long count) => $"{ReportText.Count(count, "event")} of the batches before {(count == 1 ? "is" : "are")} saved and stay.";

    internal static string EventMissing() => "An event is missing between two commas, or behind the last one. Remove the comma, or add the event.";

    internal static string CommaMissing() => "A comma is missing between two events of the list. Add it.";

    internal static string ArrayNotEnded() => "The text ends within the list of events. Was the file cut off?";

    internal static string TextBehindArray() => "There is more text behind the list of events. Remove it.";

    internal static string EventsDamaged() => "The compressed file is damaged. Make it again, or give the events as they are.";

    internal static string NoProject() => "The event does not say its project, or not as a number. Give it a member project with the project's key, or use --project.";

    internal static UsageException ChunkSize() => new("--chunk-size must be at least 1.");

    internal static UsageException AssemblyMissing(string path) => new(
        $"There is no file '{ShownText.Line(path)}'. Give the path of a compiled assembly, for example bin/Debug/net10.0/Shop.dll.");

    internal static UsageException AssemblyUnreadable(string path, Exception exception) => new(
        $"'{ShownText.Line(path)}' cannot be loaded: {Sentence(exception.Message)} Give a .NET assembly that was built for this version or an "
        + "earlier one, with its dependencies beside it (dotnet publish puts them there).",
        exception);

    internal static UsageException NoContext(string path, IReadOnlyList<string> notLoaded) => new(
        $"Assembly '{ShownText.Line(path)}' has no DbContext that can be made. Give the assembly that holds it."
        + (notLoaded.Count == 0 ? string.Empty : $" Some of its types could not be loaded, which may include it:{Lines(notLoaded.Select(ShownText.Line))}"));

    internal static string HostNotAsked(string application, string cause) =>
        $"relocation: The application '{ShownText.Line(application)}' could not be asked for its services: {ShownText.Line(Sentence(cause))} What it configures "
        + "for its contexts is not known; they are created by their constructors.";

    internal static UsageException ContextMissing(string name, IEnumerable<string> candidates) => new(
        $"There is no DbContext '{ShownText.Line(name)}' in the assembly. Use one of:{Lines(candidates)}");

    internal static UsageException ContextAmbiguous(IEnumerable<string> candidates) => new(
        $"The assembly has several matching DbContexts. Choose one by its full name with --context:{Lines(candidates)}");

    internal static UsageException ContextNotMade(Type context, DatabaseEngine engine) => new(
        $"'{context.FullName}' cannot be made for {engine.Name}. Give it a constructor that takes DbContextOptions<{context.Name}>, or an "
        + $"IDesignTimeDbContextFactory<{context.Name}> that uses {engine.Name}'s provider.");

    internal static UsageException ContextFailed(Type context, Exception exception) => new(
        $"'{context.FullName}' cannot be made: {exception.GetType().Name}: {Sentence(exception.Message)} Correct the context or its factory.",
        exception);

    internal static UsageException ContextUnsafe(UnsafeDatabaseException refused) => new(refused.Message, refused);

    internal static UsageException NothingToGenerateFor() => new(
        "A backup is generated for a model. Give --model sentry, or --assembly with a DbContext of yours.");

    internal static UsageException OutputTwice() => new(
        "--json and --output - both write to standard output. Give a file, or leave --json out.");

    internal static UsageException CannotGenerate(ArgumentException exception) => new(exception.Message, exception);

    internal static UsageException ReferenceDate(string text) => new(
        $"'{ShownText.Line(text)}' is no day. Write --reference-date as 2026-01-31.");

    internal static UsageException NoMoment(string option, string text) => new(
        $"{option}: '{ShownText.Line(text)}' is no moment. Write {option} as 2026-01-31 or 2026-01-31T12:00:00Z.");

    internal static UsageException NoEventKind(string text, IEnumerable<string> kinds) => new(
        $"--kinds '{ShownText.Line(text)}' is no kind of event. Write --kinds KIND or KIND=SHARE, of {string.Join(", ", kinds)}.");

    internal static UsageException ProjectsTwice() => new("Both --project and --database say which projects events belong to. Give one of them.");

    internal static EnvironmentException NoProjects(string database) => new(
        $"{database} has no project that is in use. Import one first, or give ids with --project.");

    internal static EnvironmentException ProjectsUnreadable(string database, Exception exception) => new(
        $"The projects of {database} cannot be read: {Sentence(exception.Message)} Does it hold Sentry's tables?", exception);

    internal static UsageException NoTime(string option, string text) => new(
        $"{option}: '{ShownText.Line(text)}' is no time. Write seconds, for example 90, or hh:mm:ss, for example 00:01:30.");

    internal static UsageException NoPair(string option, string pair) => new(
        $"{option} '{ShownText.Line(pair)}' is no model and number. Write {option} APP.MODEL=N, for example shop.order=500.");

    internal static UsageException DatabaseInMemory() => new(
        "A SQLite database in memory is gone when the command ends. Leave --database out for a temporary one, or give a file's path.");

    internal static UsageException ConnectionString(string engine, string problem) => new(
        $"This is not a connection string for {engine}: {problem} It is not shown, as it may hold a password. Correct --database.");

    internal static UsageException DatabaseUnreadable() => new(
        "The text of --database is neither a path nor a connection string of SQLite or PostgreSQL, and is not shown, as it may hold a password. Give "
        + "a path (./a=b.db where its name looks like a keyword), Data Source=..., Host=...;Database=...;Username=..., host=... dbname=... user=..., or "
        + "postgres://user@host/database.");

    internal static UsageException DatabaseNotNamed() => new(
        "The connection string names no database. Add Database=..., or a path to the URL.");

    internal static EnvironmentException DatabaseMissing(string database) => new(
        $"There is no {database}. Give the path of one, or a connection string.");

    /// <param name="database">The database.</param>
    /// <param name="fault">What the driver's exception means, or null where it was not the driver's.</param>
    /// <param name="exception">The exception.</param>
    internal static EnvironmentException DatabaseUnreachable(string database, DriverFault? fault, Exception exception) => new(
        fault is null
            ? $"{database} cannot be opened: {Sentence(exception.Message)} Check --database."
            : $"{database} cannot be opened: {fault.Cause}{(fault.Code is null ? string.Empty : $" ({fault.Code})")}. {fault.Advice}",
        exception);

    internal static UsageException KeptTableMissing(IEnumerable<string> tables) => new(
        $"Nothing was emptied: the database has no such table to keep:{Lines(tables)}");

    internal static UsageException FolderMissing(string folder) => new($"There is no folder '{ShownText.Line(folder)}'. Give the one that holds the tests.");

    internal static UsageException RunMissing(string folder) => new(
        $"There is no folder '{ShownText.Line(folder)}'. Run all tests with RELOCATION_SNAPSHOT_RUN set to it first.");

    internal static UsageException NothingSelected() => new("Name the snapshots, by a pattern if you like, or give --all; not both.");

    internal static UsageException NoSuchSnapshot(string pattern, IEnumerable<string> names)
    {
        var waiting = names.ToList();
        return waiting.Count == 0
            ? new UsageException($"No snapshot is called '{ShownText.Line(pattern)}': there is none here. Give the tests' folder with --folder.")
            : new UsageException($"No snapshot is called '{ShownText.Line(pattern)}'. There are:{Lines(waiting.Take(ReportText.MostListed))}");
    }

    internal static UsageException NotConfirmed(string decision, int count) => new(
        $"{ReportText.Count(count, "snapshot")} would be {decision}ed, and nobody can be asked here. Nothing was changed. Give --yes to go on.");

    internal static EnvironmentException SnapshotUnwritable(string path, Exception exception) => new(
        $"The files of snapshot '{ShownText.Line(path)}' cannot be changed: {Sentence(exception.Message)} Check the folder's rights.", exception);

    internal static string UnsafeDatabase(UnsafeDatabaseException refused) => refused.Reason is { } reason
        ? $"{reason} Nothing was written. Choose another database, or give --dangerously-allow-any-database-name."
        : refused.Message;

    internal static string RefusedCells() =>
        "Refused cells are findings: leave the backup or the version out, or approve the table as it is (--output FILE, then --approved FILE).";

    internal static string UnresolvedHint() => "--unresolved drop leaves such records out, --unresolved set-null empties the reference.";

    internal static string Cancelled() => "Cancelled. The database is as it was.";

    internal static string Interrupted(Guid importId, int? committedChunks) => committedChunks switch
    {
        null => $"What import {importId} had committed stays. Run the same command again to go on after it.",
        1 => $"1 chunk of import {importId} is committed and stays. Run the same command again to go on after it.",
        _ => $"{committedChunks} chunks of import {importId} are committed and stay. Run the same command again to go on after them.",
    };

    internal static string Ended() => "Cancelled. What was not committed to a database is taken back, and unfinished files are removed.";

    internal static string CancelledAfter(string state) => $"Cancelled. {state}";

    internal static string DatabaseFailed(string why) => $"The database did not do what it was asked: {why}";

    internal static string Unexpected(Exception exception, string message) =>
        $"{exception.GetType().Name}: {Sentence(message)} Run the command again with --verbose to see where it happened.";

    /// <summary>A problem of the command line's parser, without the names of .NET's types.</summary>
    private static string Problem(string problem)
    {
        var match = System.Text.RegularExpressions.Regex.Match(
            problem, @"^Cannot parse argument '(?<value>.*)' for (?:option|argument|command) '(?<option>[^']*)' as expected type '(?<type>.*)'\.", System.Text.RegularExpressions.RegexOptions.Singleline);
        if (!match.Success)
        {
            // Lists of values are indented by tabs, which are shown as escapes.
            return problem.Replace("\t", "  ", StringComparison.Ordinal);
        }

        var type = match.Groups["type"].Value;
        var wanted = type.Contains("Guid", StringComparison.Ordinal) ? "a UUID, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301"
            : type.Contains("Int", StringComparison.Ordinal) ? "a whole number"
            : type.Contains("Boolean", StringComparison.Ordinal) ? "true or false, or leave its value out"
            : "a value of another form";
        return $"'{ShownText.Line(match.Groups["value"].Value)}' is no value of {match.Groups["option"].Value}. Give {wanted}.";
    }

    /// <summary>The command's name after those that it belongs to, and a space.</summary>
    private static string PathOf(Command command) => command is RootCommand
        ? string.Empty
        : $"{string.Concat(command.Parents.OfType<Command>().Select(PathOf))}{command.Name} ";

    internal static UsageException AssembliesAndContexts() => new(
        "Several assemblies and several contexts were given. Give one assembly with several contexts, or several assemblies with one context.");

    internal static UsageException NoBackups(string path) => new(
        $"There is no backup at '{ShownText.Line(path)}'. Give a folder with *.json or *.json.gz, a file, or a pattern.");

    private static string Lines(IEnumerable<string> items) =>
        string.Concat(items.Select(item => $"{Environment.NewLine}  {item}"));

    private static string Sentence(string text) => text.TrimEnd().EndsWith('.') ? text.TrimEnd() : text.TrimEnd() + ".";

    internal static UsageException OptionNeedsScope(string option) => new(
        $"{option} is for imports as Sentry does them. Give --scope too, with Sentry's models.");

    internal static UsageException OptionOfOtherScope(string option, ImportScope scope) => new(
        $"{option} means nothing in {scope.Name.ToLowerInvariant()} scope. Leave it out, or import in another scope.");

    internal static UsageException NothingToResume() => new(
        "--resume needs a database that stays. Give --database.");

    internal static UsageException KeyFileMissing(string path) => new($"There is no file '{ShownText.Line(path)}'. Give the path of a key as PEM.");

    internal static string NoFolder(string option) => $"{option} is empty. Give the path of a folder.";

    internal static string TooManyDays(int most) =>
        string.Create(CultureInfo.InvariantCulture, $"--days-offset is too large. Give a number of days from -{most} to {most}.");

    internal static string NoKeyService(string option, string key) =>
        $"{option} is not supported: this tool talks to no key service. Give a PEM file with {key}; or use the library, where a class that derives from "
        + "BackupEncryptor or BackupDecryptor asks the service.";

    internal static UsageException SanitizedWhat() => new("There is no backup. Give its path, or - for standard input.");

    internal static UsageException NoDriftRule(string rule) => new(
        $"--rule '{ShownText.Line(rule)}' is not a rule. Give MODEL=NEW-MODEL, MODEL.FIELD=NEW-FIELD, or 'dropped' behind the =.");

    internal static UsageException SanitizedWhereTo() => new(
        "Say where the sanitised backup goes: give the backup and --output FILE, or the destination and --src BACKUP; not both.");

    internal static UsageException CompressedAndEncrypted() => new(
        "A backup is compressed or encrypted, not both. Give a name that does not end in .gz.");

    internal static UsageException ConnectionStringIsNoFile(string symbol) => new(
        $"{symbol} was given what may be a connection string, not the path of a file; it is not shown. Give databases to --database, and rename a file that is called so.");

    internal static UsageException DestinationFolderMissing(string folder) => new($"There is no folder '{ShownText.Line(folder)}' to write to. Make it, or correct the path.");

    internal static UsageException Indentation() => new("--indent must be between 0 and 127.");

    internal static UsageException ExportedTwice() => new("--json and the backup both go to standard output. Give a file, or leave --json out.");

    internal static UsageException NoLabel(string label) => new($"'{label}' is no model. Write APP.MODEL, for example shop.order.");

    internal static UsageException LabelMissing(ModelLabel label, RelocationModel model) => new(
        $"There is no model '{label}' in {model.Name}. Use one of:{Lines(model.Entities.Select(entity => entity.Label.Value).Take(ReportText.MostListed))}");

    internal static UsageException FilterTwice() => new("A filter was given both as a list and as a file. Give one of them.");

    internal static EnvironmentException FilterMissing(string file) => new($"There is no file '{ShownText.Line(file)}' to read the filter from. Correct its path.");

    internal static UsageException InputTwice() => new("Both backups are to be read from standard input. Give a file for one of them.");

    internal static UsageException MaxFindings() => new("--max-findings must be at least 1.");

    internal static UsageException ShortestPart() => new("--shortest must be from 4 to 64.");

    internal static UsageException UpstreamOfContext() => new("--comparators upstream belongs to Sentry's models. Leave it out for a DbContext.");
}
