using System.Globalization;
using Npgsql;
using Relocation.Testing.Modeling;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing;

/// <content>Tables that are emptied before the first row.</content>
internal sealed partial class PostgreSqlImportTransaction
{
    /// <remarks>
    /// Tables that are empty already, and whose counters stand at their start, are only locked: the server gives each truncated table new files, which for a hundred of them takes
    /// longer than the rest of a small import.
    /// </remarks>
    internal override async Task ClearAsync(IReadOnlyList<Table> cleared, CancellationToken cancellationToken)
    {
        await LearnAsync(cleared, cancellationToken).ConfigureAwait(false);
        var tables = cleared.Select(table => _tables[table]).DistinctBy(table => table.Oid).ToList();
        var emptied = await WithReferencingAsync(tables, cancellationToken).ConfigureAwait(false);
        if (emptied.Count == 0)
        {
            return;
        }

        try
        {
            await ExecuteAsync(
                [$"TRUNCATE {string.Join(", ", emptied.Select(table => table.QuotedName))} RESTART IDENTITY"], cancellationToken)
                .ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.FeatureNotSupported && !PostgreSqlFaults.IsRaised(exception))
        {
            throw PostgreSqlErrors.CannotClear(exception);
        }

        var oids = emptied.Select(table => table.Oid).ToHashSet();
        foreach (var counter in _tables.Values.Where(table => oids.Contains(table.Oid)).SelectMany(CountersOf))
        {
            counter.RollsBack = true;
        }
    }

    /// <summary>The tables that are not empty, locked, and those that refer to them, which the server wants emptied with them.</summary>
    private async Task<List<TargetTable>> WithReferencingAsync(List<TargetTable> tables, CancellationToken cancellationToken)
    {
        var counted = tables.FindAll(table => table.Counter is not null);
        var batch = Batch(
        [
            .. ForeignKeyChecks.PlainLockStatements(tables),
            ArrayQuery(tables.Select(table => $"EXISTS (SELECT FROM {table.QuotedName})")),
            ArrayQuery(counted.Select(Position)),
            CountedOnQuery(tables),
        ]);
        await using var _ = batch.ConfigureAwait(false);
        var reader = await _watch.WhileAsync(() => batch.ExecuteReaderAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var hasRows = reader.GetString(0).Split(',');
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        ReadPositions(reader.GetString(0), counted);
        var emptied = tables.Where((table, index) => hasRows[index] == "true" || table.Counter is { IsAtStart: false }).ToList();
        var found = emptied.Select(table => table.Oid).ToHashSet();
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (tables[reader.GetInt32(0)] is var table && found.Add(table.Oid))
            {
                emptied.Add(table);
            }
        }

        var referencing = tables
            .SelectMany(table => table.Constraints, (table, constraint) => (table, constraint.Target))
            .Where(reference => reference.Target is not null)
            .ToLookup(reference => reference.Target!.Quoted, reference => reference.table);
        for (var i = 0; i < emptied.Count; i++)
        {
            emptied.AddRange(referencing[emptied[i].QuotedName].Where(table => found.Add(table.Oid)));
        }

        return emptied;
    }

    /// <summary>Which tables own a sequence, that of the key or another, that has handed out a value.</summary>
    private static string CountedOnQuery(IEnumerable<TargetTable> tables) => $"""
        SELECT l.i::integer - 1
        FROM unnest(ARRAY[{string.Join(',', tables.Select(table => table.Oid.ToString(CultureInfo.InvariantCulture)))}]::oid[]) WITH ORDINALITY AS l(oid, i)
        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = l.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        JOIN pg_class s ON s.oid = d.objid
        WHERE CASE WHEN s.relkind = 'S' THEN pg_sequence_last_value(s.oid) IS NOT NULL END
        """;
}
