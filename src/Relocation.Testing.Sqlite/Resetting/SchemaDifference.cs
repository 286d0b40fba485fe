using System.Globalization;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>The changes of a test to the schema, found by comparing SQLite's own records of it.</summary>
internal static class SchemaDifference
{
    /// <summary>The largest number of changes that are named.</summary>
    private const int MostNamed = 8;

    /// <summary>Reads what <see cref="Sentence"/> compares. Our own triggers and SQLite's own indexes come and go with their tables.</summary>
    internal static string SelectSql(string database) => $"""
        SELECT type, name, sql FROM {database}.sqlite_schema
        WHERE substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 13) <> '{TouchLog.Prefix}'
        """;

    /// <summary>The changes, as the end of a sentence that begins with the test's name, or null if there are none.</summary>
    internal static string? Sentence(IReadOnlyList<object?[]> now, IReadOnlyList<object?[]> baseline) =>
        Changes(now, baseline) is { } changes ? $"changed the schema: {changes}" : null;

    /// <summary>The changes as a list, or null if there are none.</summary>
    internal static string? Changes(IReadOnlyList<object?[]> now, IReadOnlyList<object?[]> baseline)
    {
        var (after, before) = (Objects(now), Objects(baseline));
        var changes = after.Keys.Union(before.Keys).OrderBy(key => key.Name, StringComparer.Ordinal).Select(key =>
            (What: !before.TryGetValue(key, out var old) ? "added" : !after.TryGetValue(key, out var sql) ? "dropped" : sql == old ? null : "altered", Key: key))
            .Where(change => change.What is not null).Select(change => $"{change.What} {change.Key.Type} {change.Key.Name}").ToList();
        return changes.Count == 0
            ? null
            : string.Join(", ", changes.Take(MostNamed))
                + (changes.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {changes.Count - MostNamed} more") : string.Empty);
    }

    private static Dictionary<(string Type, string Name), string?> Objects(IReadOnlyList<object?[]> rows) =>
        rows.ToDictionary(row => ((string)row[0]!, (string)row[1]!), row => (string?)row[2]);
}
