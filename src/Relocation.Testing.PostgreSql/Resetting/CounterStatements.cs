using System.Globalization;
using Npgsql;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>Statements that set key counters, and write nothing if they are already right.</summary>
internal static class CounterStatements
{
    /// <summary>Counters that one query reads; its plan is kept, so their number is what counts.</summary>
    private const int PerQuery = 200;

    /// <summary>The positions of all counters.</summary>
    internal static async Task<IReadOnlyList<(PostgreSqlSequence Sequence, long Value, bool IsCalled)>> ReadAsync(
        NpgsqlConnection connection, PostgreSqlCatalog catalog, CancellationToken cancellationToken)
    {
        if (catalog.Sequences.Count == 0)
        {
            return [];
        }

        var states = await connection.ReadAsync(
            string.Join(" UNION ALL ", catalog.Sequences.Select((sequence, i) =>
                string.Create(CultureInfo.InvariantCulture, $"SELECT {i}, last_value, is_called FROM {sequence.Sql}"))),
            cancellationToken).ConfigureAwait(false);
        return states.ConvertAll(row => (catalog.Sequences[(int)row[0]!], (long)row[1]!, (bool)row[2]!));
    }

    /// <summary>Queries that call <c>setval</c> for counters with another position.</summary>
    internal static IEnumerable<string> Queries(IEnumerable<(PostgreSqlSequence Sequence, long Value, bool IsCalled)> counters) =>
        counters.Chunk(PerQuery).Select(chunk => $"""
            pg_catalog.setval(c.counter, c.to_value, c.to_called) FROM (
                {string.Join("\n    UNION ALL ", chunk.Select(Read))}) AS c
            WHERE c.last_value <> c.to_value OR c.is_called <> c.to_called
            """);

    /// <summary>Only a restart makes other connections forget the values that they have cached.</summary>
    internal static string Restarts(IEnumerable<PostgreSqlSequence> sequences) => string.Concat(
        sequences.Where(sequence => sequence.IsCached).Select(sequence => $"ALTER SEQUENCE {sequence.Sql} RESTART;\n"));

    private static string Read((PostgreSqlSequence Sequence, long Value, bool IsCalled) counter) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT {PostgreSqlCatalog.Literal(counter.Sequence.Sql)}::regclass AS counter, last_value, is_called, ({counter.Value})::bigint AS to_value, {(counter.IsCalled ? "true" : "false")} AS to_called FROM {counter.Sequence.Sql}");
}
