using System.CommandLine;

namespace Relocation.Testing.Cli;

/// <summary>Every message of the command line: what is wrong, where, what to do.</summary>
internal static class Errors
{
    internal static UsageException CommandLine(IEnumerable<string> problems, Command command) => new(
        $"{string.Join(Environment.NewLine, problems)}{Environment.NewLine}See: "
        + $"relocation {PathOf(command)}--help");

    internal static UsageException BackupMissing(string path) => new($"There is no file '{path}'. Give the path of a backup, or - for standard input.");

    internal static UsageException BackupIsFolder(string path) => new($"'{path}' is a folder. Give the path of a backup, or - for standard input.");

    internal static UsageException UnknownModel(string model) => new(
        $"There is no built-in model '{model}'. Use sentry, sentry@VERSION with one of {string.Join(", ", SentryModel.Versions)}, or "
        + "--assembly with a DbContext of yours.");

    internal static UsageException UnknownSentryVersion(string version) => new(
        $"There is no model of Sentry '{version}'. Use one of: {string.Join(", ", SentryModel.Versions)}.");

    internal static UsageException ModelTwice() => new("--model and --assembly exclude each other. Give one of them.");

    internal static UsageException ContextWithoutAssembly() => new("--context names a DbContext of an assembly. Give --assembly too.");

    internal static UsageException ScopeOfContext() => new(
        "--scope belongs to Sentry's models; a DbContext has no scopes. Leave it out: every record is imported.");

    internal static UsageException SchemaTwice() => new("--create-schema and --no-create-schema exclude each other. Give one of them.");

    internal static UsageException ChunkSize() => new("--chunk-size must be at least 1.");

    internal static UsageException AssemblyMissing(string path) => new(
        $"There is no file '{path}'. Give the path of a compiled assembly, for example bin/Debug/net10.0/Shop.dll.");

    internal static UsageException AssemblyUnreadable(string path, Exception exception) => new(
        $"'{path}' cannot be loaded: {Sentence(exception.Message)} Give a .NET assembly that was built for this version or an "
        + "earlier one, with its dependencies beside it (dotnet publish puts them there).",
        exception);

    internal static UsageException NoContext(string path) => new(
        $"Assembly '{path}' has no DbContext that can be made. Give the assembly that holds it.");

    internal static UsageException ContextMissing(string name, IEnumerable<string> candidates) => new(
        $"There is no DbContext '{name}' in the assembly. Use one of:{Lines(candidates)}");

    internal static UsageException ContextAmbiguous(IEnumerable<string> candidates) => new(
        $"The assembly has several matching DbContexts. Choose one by its full name with --context:{Lines(candidates)}");

    internal static UsageException ContextNotMade(Type context, DatabaseEngine engine) => new(
        $"'{context.FullName}' cannot be made for {engine.Name}. Give it a constructor that takes DbContextOptions<{context.Name}>, or an "
        + $"IDesignTimeDbContextFactory<{context.Name}> that uses {engine.Name}'s provider.");

    internal static UsageException ContextFailed(Type context, Exception exception) => new(
        $"'{context.FullName}' cannot be made: {exception.GetType().Name}: {Sentence(exception.Message)} Correct the context or its factory.",
        exception);

    internal static UsageException NothingToGenerateFor() => new(
        "A backup is generated for a model. Give --model sentry, or --assembly with a DbContext of yours.");

    internal static UsageException OutputTwice() => new(
        "--json and --output - both write to standard output. Give a file, or leave --json out.");

    internal static UsageException CannotGenerate(ArgumentException exception) => new(exception.Message, exception);

    internal static UsageException ReferenceDate(string text) => new(
        $"'{text}' is no day. Write --reference-date as 2026-01-31.");

    internal static UsageException NoPair(string option, string pair) => new(
        $"{option} '{pair}' is no model and number. Write {option} APP.MODEL=N, for example shop.order=500.");

    internal static UsageException DatabaseInMemory() => new(
        "A SQLite database in memory is gone when the command ends. Leave --database out for a temporary one, or give a file's path.");

    internal static UsageException ConnectionString(string engine, Exception exception) => new(
        $"The connection string is none of {engine}'s: {Sentence(exception.Message)} Correct --database.", exception);

    internal static UsageException DatabaseNotNamed() => new(
        "The connection string names no database. Add Database=..., or a path to the URL.");

    internal static EnvironmentException DatabaseMissing(string path) => new(
        $"There is no SQLite database '{path}'. Give the path of one, or a connection string.");

    internal static EnvironmentException DatabaseUnreachable(string database, Exception exception) => new(
        $"{database} cannot be opened: {Sentence(exception.Message)} Check --database, and that the server runs or the file can be written.",
        exception);

    internal static UsageException KeptTableMissing(IEnumerable<string> tables) => new(
        $"Nothing was emptied: the database has no such table to keep:{Lines(tables)}");

    internal static UsageException FolderMissing(string folder) => new($"There is no folder '{folder}'. Give the one that holds the tests.");

    internal static UsageException RunMissing(string folder) => new(
        $"There is no folder '{folder}'. Run all tests with RELOCATION_SNAPSHOT_RUN set to it first.");

    internal static UsageException NothingSelected() => new("Name the snapshots, by a pattern if you like, or give --all; not both.");

    internal static UsageException NoSuchSnapshot(string pattern, IEnumerable<string> names)
    {
        var waiting = names.ToList();
        return waiting.Count == 0
            ? new UsageException($"No snapshot is called '{pattern}': there is none here. Give the tests' folder with --folder.")
            : new UsageException($"No snapshot is called '{pattern}'. There are:{Lines(waiting.Take(Output.ReportText.MostListed))}");
    }

    internal static UsageException NotConfirmed(string decision, int count) => new(
        $"{Output.ReportText.Count(count, "snapshot")} would be {decision}ed, and nobody can be asked here. Nothing was changed. Give --yes to go on.");

    internal static EnvironmentException SnapshotUnwritable(string path, Exception exception) => new(
        $"The files of snapshot '{path}' cannot be changed: {Sentence(exception.Message)} Check the folder's rights.", exception);

    internal static string UnsafeDatabase(string name) =>
        $"The database '{name}' does not look like a test database: no word of its name is 'test' or 'tests'. Nothing was written. "
        + "Choose another database, or give --dangerously-allow-any-database-name.";

    internal static string UnresolvedHint() => "--unresolved drop leaves such records out, --unresolved set-null empties the reference.";

    internal static string Cancelled() => "Cancelled. The database is as it was.";

    internal static string Interrupted(Guid importId, int? committedChunks) => committedChunks switch
    {
        null => $"What import {importId} had committed stays. Run the same command again to go on after it.",
        1 => $"1 chunk of import {importId} is committed and stays. Run the same command again to go on after it.",
        _ => $"{committedChunks} chunks of import {importId} are committed and stay. Run the same command again to go on after them.",
    };

    internal static string CancelledAfter(string state) => $"Cancelled. {state}";

    internal static string Unexpected(Exception exception, string message) =>
        $"{exception.GetType().Name}: {Sentence(message)} Run the command again with --verbose to see where it happened.";

    /// <summary>The command's name after those that it belongs to, and a space.</summary>
    private static string PathOf(Command command) => command is RootCommand
        ? string.Empty
        : $"{string.Concat(command.Parents.OfType<Command>().Select(PathOf))}{command.Name} ";

    internal static UsageException AssembliesAndContexts() => new(
        "Several assemblies and several contexts were given. Give one assembly with several contexts, or several assemblies with one context.");

    internal static UsageException NoBackups(string path) => new(
        $"There is no backup at '{path}'. Give a folder with *.json or *.json.gz, a file, or a pattern.");

    private static string Lines(IEnumerable<string> items) =>
        string.Concat(items.Select(item => $"{Environment.NewLine}  {item}"));

    private static string Sentence(string text) => text.TrimEnd().EndsWith('.') ? text.TrimEnd() : text.TrimEnd() + ".";

    internal static UsageException OptionNeedsScope(string option) => new(
        $"{option} is for imports as Sentry does them. Give --scope too, with Sentry's models.");

    internal static UsageException OptionOfOtherScope(string option, ImportScope scope) => new(
        $"{option} means nothing in {scope.Name.ToLowerInvariant()} scope. Leave it out, or import in another scope.");

    internal static UsageException NothingToResume() => new(
        "--resume needs a database that stays. Give --database.");

    internal static UsageException KeyFileMissing(string path) => new($"There is no file '{path}'. Give the path of a key as PEM.");

    internal static string NoKeyService(string option, string key) =>
        $"{option} is not supported: this tool talks to no key service. Give a PEM file with {key}; or use the library, where a class that derives from "
        + "BackupEncryptor or BackupDecryptor asks the service.";

    internal static UsageException SanitizedWhat() => new("There is no backup. Give its path, or - for standard input.");

    internal static UsageException RulesOfSentry() => new(
        "--rules cannot be given where records are imported as Sentry does. Leave --scope out to import them as they are.");

    internal static UsageException SanitizedWhereTo() => new(
        "Say where the sanitised backup goes: give the backup and --output FILE, or the destination and --src BACKUP; not both.");

    internal static UsageException CompressedAndEncrypted() => new(
        "A backup is compressed or encrypted, not both. Give a name that does not end in .gz.");

    internal static UsageException DestinationFolderMissing(string folder) => new($"There is no folder '{folder}' to write to. Make it, or correct the path.");

    internal static UsageException Indentation() => new("--indent must be between 0 and 127.");

    internal static UsageException ExportedTwice() => new("--json and the backup both go to standard output. Give a file, or leave --json out.");

    internal static UsageException NoLabel(string label) => new($"'{label}' is no model. Write APP.MODEL, for example shop.order.");

    internal static UsageException LabelMissing(ModelLabel label, RelocationModel model) => new(
        $"There is no model '{label}' in {model.Name}. Use one of:{Lines(model.Entities.Select(entity => entity.Label.Value).Take(Output.ReportText.MostListed))}");

    internal static UsageException FilterTwice() => new("A filter was given both as a list and as a file. Give one of them.");

    internal static EnvironmentException FilterMissing(string file) => new($"There is no file '{file}' to read the filter from. Correct its path.");

    internal static UsageException InputTwice() => new("Both backups are to be read from standard input. Give a file for one of them.");

    internal static UsageException MaxFindings() => new("--max-findings must be at least 1.");

    internal static UsageException ShortestPart() => new("--shortest must be from 4 to 64.");

    internal static UsageException UpstreamOfContext() => new("--comparators upstream belongs to Sentry's models. Leave it out for a DbContext.");

    internal static EnvironmentException FindingsUnwritable(string path, Exception exception) => new(
        $"The findings file '{path}' cannot be written: {Sentence(exception.Message)} Check the folder and its rights.", exception);
}
