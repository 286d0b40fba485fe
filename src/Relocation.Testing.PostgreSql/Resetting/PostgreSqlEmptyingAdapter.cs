using System.Globalization;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.Resetting;
using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>The statements with which Respawn empties PostgreSQL databases.</summary>
internal sealed class PostgreSqlEmptyingAdapter(EmptyingPlan plan, PostgreSqlCatalog catalog, ResetOptions options)
    : PlannedAdapter(plan)
{
    /// <summary>
    /// Deleting from few small tables takes a fraction of the time of truncating all; from large ones, longer, as each row's
    /// foreign keys are checked.
    /// </summary>
    private const int SmallTableBytes = 128 * 1024;

    private readonly EmptyingPlan _plan = plan;
    private IReadOnlyList<PostgreSqlSequence>? _restarted;

    /// <summary>The statement that bounds the waiting for others.</summary>
    internal string LockLimit { get; init; } = "SET LOCAL lock_timeout = '10s'";

    private protected override int? CommandTimeout => 0;

    public override string BuildDeleteCommandText(GraphBuilder graph, RespawnerOptions options) =>
        $"{LockLimit};\n{RowSecurity.Off};\n" + (options.FormatDeleteStatement is { } format
            ? string.Concat(graph.ToDelete.Select(table => Terminated(format(table))))
            : $"DO $relocation$\n{DeleteBlock(numbers: null)}\n$relocation$;\n");

    /// <summary>The key counters that restart.</summary>
    internal IReadOnlyList<PostgreSqlSequence> Restarted =>
        _restarted ??= [.. catalog.Sequences.Where(sequence => Restarts(sequence, [.. _plan.Emptied]))];

    /// <summary>Fills materialized views from what is left.</summary>
    internal string RefreshStatements =>
        PostgreSqlCatalog.RefreshStatements(catalog.MaterializedViews.Where(view => !_plan.LeavesOutSchema(view.Schema)));

    public override string BuildReseedSql(IEnumerable<Table> tablesToDelete)
    {
        return RefreshStatements + string.Concat(Restarted.Select(sequence => sequence.SetTo(sequence.Start, isCalled: false))) + "SELECT 1";
    }

    /// <summary>
    /// One statement deletes from all tables that have rows: it ends before foreign keys are checked, so neither order nor
    /// cycles matter. Truncating names all tables, for the same reason, and never cascades to tables that are kept. Triggers do not step in: tables
    /// with triggers for DELETE are truncated, and those for TRUNCATE, as append-only tables have them, are switched off meanwhile.
    /// </summary>
    /// <param name="numbers">
    /// The numbers of tables that need not be looked at but where the variable <c>touched</c> has theirs; null to look at all.
    /// </param>
    /// <returns>A block of PL/pgSQL.</returns>
    internal string DeleteBlock(IReadOnlyDictionary<TableName, int>? numbers)
    {
        var tables = catalog.Tables.Where(table => _plan.Emptied.Contains(table.Name)).ToList();
        var parts = tables.Where(table => !table.IsPartition || !_plan.Links.Any(link => link.From == table.Name)).ToList();
        if (parts.Count == 0)
        {
            return "BEGIN END";
        }

        var looked = numbers is null ? "true" : "number[i] IS NULL OR number[i] = ANY (touched)";
        return $"""
            DECLARE
                names text[] := ARRAY[{string.Join(", ", parts.Select(table => PostgreSqlCatalog.Literal(table.Sql)))}]::text[];
                plain boolean[] := ARRAY[{string.Join(", ", parts.Select(table => IsPlain(table) ? "true" : "false"))}]::boolean[];
                number int[] := ARRAY[{string.Join(", ", parts.Select(table => Number(table, numbers)))}]::int[];
                statement text := '';
                filled boolean;
                small boolean := true;
            BEGIN
                FOR i IN 1 .. coalesce(array_length(names, 1), 0) LOOP
                    CONTINUE WHEN NOT ({looked});
                    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || names[i] || ')' INTO filled;
                    CONTINUE WHEN NOT filled;
                    small := small AND plain[i] AND pg_catalog.pg_relation_size(names[i]::regclass) <= {SmallTableBytes};
                    statement := statement || CASE statement WHEN '' THEN 'WITH ' ELSE ', ' END || 'd' || i || ' AS (DELETE FROM ' || names[i] || ')';
                END LOOP;
                IF statement = '' THEN
                    NULL;
                ELSIF small THEN
                    EXECUTE statement || ' SELECT 1';
                ELSE
                    {string.Concat(tables.Select(table => table.TruncateTriggers.Off))}
                    TRUNCATE {string.Join(", ", parts.Select(table => table.Sql))};
                    {string.Concat(tables.Select(table => table.TruncateTriggers.On))}
                END IF;
            END
            """;
    }

    /// <summary>Rows of a partition are noted under the whole's number, so it has none of its own.</summary>
    private static string Number(PostgreSqlTable table, IReadOnlyDictionary<TableName, int>? numbers) =>
        numbers is not null && !table.IsPartition && numbers.TryGetValue(table.Name, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : "NULL";

    /// <summary>The size of a table in parts is not that of its name, so its rows count as many.</summary>
    private static bool IsPlain(PostgreSqlTable table) => table is { DeletesPlainly: true, IsPartitioned: false };

    private bool Restarts(PostgreSqlSequence sequence, HashSet<TableName> emptied)
    {
        if (_plan.LeavesOutSchema(sequence.Name.Schema)
            || options.SequencesToKeep.Contains(sequence.Name.ToString()) || options.SequencesToKeep.Contains(sequence.Name.Name))
        {
            return false;
        }

        return sequence.Users.Count > 0
            ? sequence.Users.All(emptied.Contains)
            : options.Respawner.TablesToInclude is not { Length: > 0 };
    }
}
