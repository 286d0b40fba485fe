using System.Globalization;
using Npgsql;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>Empties those tables that can have rows: written to since the last reset, or left filled by it.</summary>
/// <remarks>
/// All of it is one function and one call: most of its time would go into round trips, and into planning what is the same each time.
/// </remarks>
internal sealed class TouchedEmptying
{
    private const string Schema = PostgreSqlCatalog.BaselineSchema;

    private readonly string _createFunction;
    private bool _hasFunction;

    private TouchedEmptying(NotedSchema schema, PostgreSqlEmptyingAdapter adapter, EmptyingPlan plan)
    {
        var emptied = plan.Emptied.ToHashSet();
        var numbers = schema.Tables.Where(table => emptied.Contains(table.Copy.Name)).ToDictionary(table => table.Copy.Name, table => table.Copy.Number);
        _createFunction = $"""
            CREATE OR REPLACE FUNCTION {Schema}.empty() RETURNS boolean LANGUAGE plpgsql AS $relocation$
            DECLARE
                touched int[];
            BEGIN
                IF NOT {Schema}.ready() THEN
                    RETURN false;
                END IF;
                SELECT coalesce(array_agg(number) FILTER (WHERE kind <> 'e'), '{"{}"}')
                        || CASE WHEN bool_or(kind = 'e') THEN '{"{}"}'::int[] ELSE {Array(schema.Filled)} END
                    INTO touched FROM (SELECT DISTINCT number, kind FROM {Schema}.dirty) AS marks;
                {adapter.DeleteBlock(numbers)};
                IF cardinality(touched) > 0 THEN
                    {adapter.RefreshStatements}
                    NULL;
                END IF;
                DELETE FROM {Schema}.dirty WHERE kind <> 'e' AND number = ANY ({Array(numbers.Values)});
                INSERT INTO {Schema}.dirty SELECT number, 'e' FROM unnest({Array(numbers.Values)}) AS number
                    WHERE number NOT IN (SELECT d.number FROM {Schema}.dirty AS d WHERE d.kind = 'e');
                {CounterStatements.Restarts(adapter.Restarted)}
                {string.Concat(CounterStatements.Queries(adapter.Restarted.Select(sequence => (sequence, sequence.Start, false)))
                    .Select(query => $"PERFORM {query};\n"))}
                {(adapter.Restarted.Any(sequence => sequence.IsCached) || adapter.RefreshStatements.Length > 0 ? schema.Watch.SettleInFunction : string.Empty)}
                RETURN true;
            END
            $relocation$;

            """;
    }

    internal static TouchedEmptying Make(NotedSchema schema, ResetOptions options)
    {
        if (options.Respawner.FormatDeleteStatement is not null)
        {
            throw ResetErrors.TouchedTablesWithStatement();
        }

        var plan = PostgreSqlEmptying.Plan(options, schema.Catalog);
        return new TouchedEmptying(schema, new PostgreSqlEmptyingAdapter(plan, schema.Catalog, options), plan);
    }

    /// <returns>Whether that was done; nothing was, where others write.</returns>
    internal async Task<bool> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var done = await connection.ReadAsync(
            (_hasFunction ? string.Empty : _createFunction) + $"SELECT {Schema}.empty()", cancellationToken).ConfigureAwait(false);
        _hasFunction = true;
        return (bool)done[0][0]!;
    }

    private static string Array(IEnumerable<int> numbers) =>
        $"ARRAY[{string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]::int[]";
}
