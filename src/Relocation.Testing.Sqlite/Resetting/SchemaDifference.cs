using System.Globalization;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>What a test has changed in the schema, by comparing what SQLite keeps of it.</summary>
internal static class SchemaDifference
{
    /// <summary>As many changes are named.</summary>
    private const int MostNamed = 8;

    /// <summary>Reads what <see cref="Sentence"/> compares. Our own triggers and SQLite's own indexes come and go with their tables.</summary>
    internal static string SelectSql(string database) => $"""
        SELECT type, name, sql FROM {database}.sqlite_schema
        WHERE substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 13) <> '{TouchLog.Prefix}'
        """;

    /// <summary>What has changed, as the end of a sentence that begins with the test's name, or null where nothing has.</summary>
    internal static string? Sentence(IReadOnlyList<object?[]> now, IReadOnlyList<object?[]> baseline)
    {
        var (after, before) = (Objects(now), Objects(baseline));
        var changes = after.Keys.Union(before.Keys).OrderBy(key => key.Name, StringComparer.Ordinal).Select(key =>
            (What: !before.TryGetValue(key, out var old) ? "added" : !after.TryGetValue(key, out var sql) ? "dropped" : sql == old ? null : "altered", Key: key))
            .Where(change => change.What is not null).Select(change => $"{change.What} {change.Key.Type} {change.Key.Name}").ToList();
        return changes.Count == 0
            ? null
            : $"changed the schema: {string.Join(", ", changes.Take(MostNamed))}"
                + (changes.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {changes.Count - MostNamed} more") : string.Empty);
    }

    private static Dictionary<(string Type, string Name), string?> Objects(IReadOnlyList<object?[]> rows) =>
        rows.ToDictionary(row => ((string)row[0]!, (string)row[1]!), row => (string?)row[2]);
}
