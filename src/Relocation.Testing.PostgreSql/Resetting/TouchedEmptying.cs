using System.Globalization;
using Npgsql;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>Empties those tables that can have rows: written to since the last reset, or left filled by it.</summary>
/// <remarks>What is the same each time is a function, since reading many key counters takes longer to plan than to do.</remarks>
internal sealed class TouchedEmptying
{
    private const string Schema = PostgreSqlCatalog.BaselineSchema;

    private readonly NotedSchema _schema;
    private readonly PostgreSqlEmptyingAdapter _adapter;
    private readonly HashSet<TableName> _emptied;
    private readonly string _createFunction;
    private bool _hasFunction;

    private TouchedEmptying(NotedSchema schema, PostgreSqlEmptyingAdapter adapter, EmptyingPlan plan)
    {
        _schema = schema;
        _adapter = adapter;
        _emptied = [.. plan.Emptied];
        var numbers = string.Join(", ", schema.Tables.Where(table => _emptied.Contains(table.Copy.Name))
            .Select(table => table.Copy.Number.ToString(CultureInfo.InvariantCulture)));
        _createFunction = $"""
            CREATE OR REPLACE FUNCTION {Schema}.complete_emptying() RETURNS void LANGUAGE plpgsql AS $relocation$
            BEGIN
                DELETE FROM {Schema}.dirty WHERE kind <> 'e' AND number = ANY (ARRAY[{numbers}]::int[]);
                INSERT INTO {Schema}.dirty SELECT number, 'e' FROM unnest(ARRAY[{numbers}]::int[]) AS number
                    WHERE number NOT IN (SELECT d.number FROM {Schema}.dirty AS d WHERE d.kind = 'e');
                {CounterStatements.Restarts(adapter.Restarted)}
                {string.Concat(CounterStatements.Queries(adapter.Restarted.Select(sequence => (sequence, sequence.Start, false)))
                    .Select(query => $"PERFORM {query};\n"))}
            END
            $relocation$;

            """;
    }

    internal static TouchedEmptying Make(NotedSchema schema, ResetOptions options)
    {
        if (options.Respawner.FormatDeleteStatement is not null)
        {
            throw Errors.TouchedTablesWithStatement();
        }

        var plan = PostgreSqlEmptying.Plan(options, schema.Catalog);
        return new TouchedEmptying(schema, new PostgreSqlEmptyingAdapter(plan, schema.Catalog, options), plan);
    }

    internal async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await connection.ExecuteAsync($"SELECT {Schema}.check_triggers()", cancellationToken).ConfigureAwait(false);
            var marks = await connection.ReadAsync(
                $"SELECT number, bool_or(kind = 'e'), bool_or(kind <> 'e') FROM {Schema}.dirty GROUP BY number", cancellationToken)
                .ConfigureAwait(false);
            var wasEmptied = marks.Exists(row => (bool)row[1]!);
            var touched = marks.Where(row => (bool)row[2]!).Select(row => (int)row[0]!);
            var names = (wasEmptied ? touched : touched.Union(_schema.Filled))
                .Select(number => _schema.Tables[number].Copy.Name).Where(_emptied.Contains).ToHashSet();
            var rows = names.Count > 0 ? _adapter.DeleteStatements(names) + _adapter.RefreshStatements : string.Empty;
            var function = _hasFunction ? string.Empty : _createFunction;
            await connection.ExecuteAsync($"{function}{rows}SELECT {Schema}.complete_emptying()", cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            _hasFunction = true;
        }
    }
}
