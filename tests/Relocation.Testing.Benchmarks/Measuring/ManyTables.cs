using System.Globalization;

namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>A chain of small tables, and a test that writes to three of them.</summary>
internal static class ManyTables
{
    internal const string Test = """
        INSERT INTO t0 (parent) VALUES (NULL), (NULL), (NULL), (NULL), (NULL), (NULL), (NULL), (NULL);
        INSERT INTO t40 (parent) VALUES (NULL), (NULL), (NULL), (NULL), (NULL), (NULL);
        INSERT INTO t80 (parent) VALUES (NULL), (NULL), (NULL), (NULL), (NULL), (NULL)
        """;

    internal static string Schema(int tables, string countedKey) => string.Join(";\n", Enumerable.Range(0, tables).Select(i => string.Create(
        CultureInfo.InvariantCulture, $"CREATE TABLE t{i} (id {countedKey}, name text, parent bigint REFERENCES t{Math.Max(0, i - 1)} (id))")));
}
