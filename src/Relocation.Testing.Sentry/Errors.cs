using System.Globalization;

namespace Relocation.Testing.Sentry;

/// <summary>Every message of this assembly: what is wrong, where, what to do.</summary>
internal static partial class Errors
{
    internal static ArgumentException UnknownVersion(string version, IEnumerable<string> known, string parameter) =>
        new($"There is no catalogue of Sentry '{version}'. Use one of: {string.Join(", ", known)}.", parameter);

    internal static ArgumentException UnknownScope(string scope, IEnumerable<ImportScope> known, string parameter) =>
        new($"Sentry has no import scope '{scope}'. Use one of: {string.Join(", ", known)}.", parameter);

    internal static NotSupportedException UnknownEngine(DatabaseEngine engine) =>
        new($"Sentry's models have no column types for engine '{engine.Name}'. Use SQLite or PostgreSQL.");

    internal static FormatException UnknownDump(string label, string field, string dump) =>
        new($"The catalogue says of '{label}.{field}' that backups write it as '{dump}', which has no reader. Correct the catalogue.");

    internal static string NoTimeZone() => "Field 'value' names no time zone that this machine knows. Use a name such as Europe/Vienna.";

    internal static string NoLanguage() => "Field 'value' names no language that Sentry is translated into. Use a code such as en or pt-br.";

    internal static string NoTheme() => "Field 'value' names no theme of Sentry. Use dark, light or system.";

    internal static string NoAddress() => "Field 'ip_address' is neither an IPv4 nor an IPv6 address. Correct it, or remove the record.";

    internal static string IntegrityHint() =>
        "Is the backup of the same version as the tables? Is the database clean? Look at the record that the error names; when it is right, "
        + "report the error with the backup's version.";

    internal static InvalidOperationException ControlSilo() =>
        new("Backups are not imported in the Control silo. Import in the Region silo, or as a monolith.");

    internal static InvalidOperationException NothingToMerge() =>
        new("A global import clears the database first, so there is nothing to merge or overwrite. Leave these flags out, or import in another scope.");

    internal static ArgumentException DecidedByRules(string option) =>
        new($"ImportOptions.{option} is decided by Sentry's rules. Leave it out of SentryImportOptions.Import"
            + (option == nameof(ImportOptions.ResumeId) ? ", and set IsResumable and SentryImportFlags.ImportUuid." : "."));

    internal static InvalidOperationException NothingToResume() =>
        new("A resumable import needs an identity, by which it is known when it goes on. Give SentryImportFlags.ImportUuid.");

    internal static InvalidOperationException ImportKnown(Guid importUuid) =>
        new($"The ledgers hold an import with the identity {importUuid} already. Give another one, or leave it out.");

    internal static string InvalidMinOrdinal(int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"A batch begins at position {ordinal}. Positions are counted from 1.");

    internal static string UnknownModel(string label, string model) =>
        $"Model '{model}' does not know '{label}'. Give the label of a model that backups hold.";

    internal static string WrongSilo(string label, SentrySilo silo) =>
        $"Model '{label}' does not live in the {silo} silo. Import it in the other one, or as a monolith.";

    internal static string NoScope() => "The batch has no scope. Give one of SentryScopes.";

    internal static string NoImportUuid() => "The batch has no import identity, under which the ledger could remember it. Give one.";

    internal static SentryImportException UnexpectedModel(ModelLabel found, ModelLabel expected)
    {
        var reason = $"A batch of '{expected}' holds a record of '{found}'. Give records of one model only.";
        return new SentryImportException(reason,
        [
            new SentryImportError { Kind = SentryImportErrorKind.UnexpectedModel, On = new InstanceId(found, 1), Reason = reason },
        ]);
    }
}
