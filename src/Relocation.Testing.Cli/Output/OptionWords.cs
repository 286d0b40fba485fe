using System.Text.RegularExpressions;

namespace Relocation.Testing.Cli.Output;

/// <summary>The library's messages name its options as C# does; here they are named as on the command line.</summary>
internal static partial class OptionWords
{
    /// <summary>What the library says, and what the command line says instead; longer phrases before those that they hold.</summary>
    private static readonly (string Library, string CommandLine)[] Words =
    [
        ("set ImportOptions.UnknownModels to DriftPolicy.Report", "leave --refuse-unknown-models out"),
        ("set ImportOptions.UnknownFields to DriftPolicy.Report", "leave --refuse-unknown-fields out"),
        ("set ImportOptions.AbsentFields to DriftPolicy.Report", "leave --refuse-absent-fields out"),
        ("ImportOptions.ResumeId", "--resume"),
        ("ImportOptions.ChunkSize", "--chunk-size"),
        ("ImportOptions.Seed", "--seed"),
        ("(ImportOptions.Scope, --scope)", "(--scope)"),
        ("ImportOptions.Scope", "--scope"),
        ("ImportOptions.OnCollision", "--on-collision"),
        ("ImportOptions.UnresolvedReferences", "--unresolved"),
        ("ImportOptions.KeepReferences", "--references"),
        ("ImportOptions.IncludeValuesInErrors", "--include-values"),
        ("(WaitLimit, --wait-limit)", "(--wait-limit)"),
        ("the label in SyntheticBackupOptions.", "the label that --count or --weight gives."),
        ("SyntheticBackupOptions.Locale", "--locale"),
        ("SyntheticBackupOptions.Records", "--count"),
        ("SyntheticBackupOptions.TotalRecords", "--records"),
        ("SyntheticBackupOptions.Weights", "--weight"),
        ("SyntheticBackupOptions.FirstKey", "--first-key"),
        ("SyntheticBackupOptions.ReferenceDate", "--reference-date"),
        ("SyntheticBackupOptions.Seed", "--seed"),
        ("SyntheticEventOptions.Count", "--count"),
        ("SyntheticEventOptions.Groups", "--groups"),
        ("SyntheticEventOptions.Kinds", "--kinds"),
        ("SyntheticEventOptions.Locale", "--locale"),
        ("SyntheticEventOptions.Span", "--span"),
        ("TestDatabaseOptions.DangerouslyAllowAnyDatabaseName", "--dangerously-allow-any-database-name"),
        ("SentryImportOptions.Widening (--widening)", "--widening"),
        ("SentryImportOptions.SuspendedUsers (--suspended-users)", "--suspended-users"),
        ("(RelocationTaskOptions.Version)", "(--model sentry@VERSION)"),
        ("Give RelocationTaskOptions.Decryptor", "Give the file of the private key with --decrypt-with"),
        ("Backup.DecryptedWith of Relocation.Testing.Sentry", "--decrypt-with FILE"),
    ];

    internal static string Of(string message) => Words.Aggregate(Both().Replace(message, "$1"), (text, word) => text.Replace(word.Library, word.CommandLine, StringComparison.Ordinal));

    /// <summary>An option by both its names.</summary>
    [GeneratedRegex(@"\b\w+Options\.\w+ \((--[a-z-]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Both();
}
