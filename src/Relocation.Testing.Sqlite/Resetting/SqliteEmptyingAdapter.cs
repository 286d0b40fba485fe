using Relocation.Testing.Resetting;
using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>The statements with which Respawn empties SQLite databases.</summary>
internal sealed class SqliteEmptyingAdapter(EmptyingPlan plan, SqliteCatalog catalog) : PlannedAdapter(plan)
{
    private readonly EmptyingPlan _plan = plan;

    /// <summary>Full-text tables come after the tables whose text they may show.</summary>
    public override string BuildDeleteCommandText(GraphBuilder graph, RespawnerOptions options) => string.Concat(_plan.Emptied
        .OrderBy(table => catalog.DeleteStatement(table.Name).StartsWith("INSERT", StringComparison.Ordinal))
        .Select(table => Terminated(options.FormatDeleteStatement?.Invoke(new Table(table.Name)) ?? catalog.DeleteStatement(table.Name)))
        .Append(catalog.HasUndoLog ? TouchLog.MarkEmptied : string.Empty));

    public override string BuildReseedSql(IEnumerable<Table> tablesToDelete) => catalog.HasCounters
        ? $"DELETE FROM sqlite_sequence WHERE name IN ({string.Join(", ", _plan.Emptied.Select(table => Literal(table.Name)))});"
        : "SELECT 1;";
}
