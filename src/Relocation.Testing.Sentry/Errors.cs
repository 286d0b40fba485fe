namespace Relocation.Testing.Sentry;

/// <summary>Every message of this assembly: what is wrong, where, what to do.</summary>
internal static class Errors
{
    internal static ArgumentException UnknownVersion(string version, IEnumerable<string> known, string parameter) =>
        new($"There is no catalogue of Sentry '{version}'. Use one of: {string.Join(", ", known)}.", parameter);

    internal static ArgumentException UnknownScope(string scope, IEnumerable<ImportScope> known, string parameter) =>
        new($"Sentry has no import scope '{scope}'. Use one of: {string.Join(", ", known)}.", parameter);

    internal static NotSupportedException UnknownEngine(DatabaseEngine engine) =>
        new($"Sentry's models have no column types for engine '{engine.Name}'. Use SQLite or PostgreSQL.");

    internal static FormatException UnknownDump(string label, string field, string dump) =>
        new($"The catalogue says of '{label}.{field}' that backups write it as '{dump}', which has no reader. Correct the catalogue.");
}
