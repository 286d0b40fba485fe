using System.CommandLine;

namespace Relocation.Testing.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    internal const string JsonName = "--json";
    internal const string VerboseName = "--verbose";

    internal static Option<bool> Json() => new(JsonName)
    {
        Description = "Write the result, or the error, as one JSON document to standard output.",
    };

    internal static Option<bool> Verbose() => new(VerboseName)
    {
        Description = "Show where in the code an error occurred, and its causes, which may contain values of the database.",
    };

    internal static Option<bool> IncludeValues() => new("--include-values")
    {
        Description = "Show field values and text keys, which may be personal data, in messages and results.",
    };

    internal static Option<bool> AnyDatabaseName() => new("--dangerously-allow-any-database-name")
    {
        Description = "Write to a database although its name does not contain 'test' or 'tests' as a whole word.",
    };

    internal static Option<JsonTextReading> JsonTexts()
    {
        const string AsJson = "as-json";
        const string AsText = "as-text";
        const string ByBackup = "by-backup";
        var option = new Option<JsonTextReading>("--json-texts")
        {
            Description = "What texts in Sentry's JSON fields (options, rules) are: JSON, as in older backups, or plain texts. "
                + "Default: by-backup, which looks at all of them.",
            HelpName = $"{ByBackup}|{AsJson}|{AsText}",
            DefaultValueFactory = _ => JsonTextReading.ByBackup,
            CustomParser = result => result.Tokens[0].Value switch
            {
                AsJson => JsonTextReading.AsJson,
                AsText => JsonTextReading.AsText,
                _ => JsonTextReading.ByBackup,
            },
        };
        option.AcceptOnlyFromAmong(ByBackup, AsJson, AsText);
        return option;
    }

    internal static Argument<string> Backup() => new("BACKUP")
    {
        Description = "A backup file, plain or compressed by gzip, or - for standard input.",
    };

    /// <param name="description">What is made from the seed.</param>
    /// <param name="seed">The default seed.</param>
    internal static Option<long> Seed(string description, long seed) => new("--seed")
    {
        Description = description,
        DefaultValueFactory = _ => seed,
        HelpName = "N",
    };
}
