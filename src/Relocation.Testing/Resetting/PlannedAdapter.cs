using System.Data.Common;
using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.Resetting;

/// <summary>
/// Gives Respawn an <see cref="EmptyingPlan"/> in place of what its own adapters read, which miss quoting, shadow tables and
/// constraints of the same name, and take seconds on databases without statistics.
/// </summary>
internal abstract class PlannedAdapter(EmptyingPlan plan) : IDbAdapter
{
    public string BuildTableCommandText(RespawnerOptions options) =>
        Rows(plan.Emptied.Select(table => $"{Literal(table.Schema)}, {Literal(table.Name)}"), 2);

    public string BuildRelationshipCommandText(RespawnerOptions options) =>
        Rows(plan.Links.Select(link => string.Join(", ",
            Literal(link.From.Schema), Literal(link.From.Name), Literal(link.To.Schema), Literal(link.To.Name), Literal(link.Constraint))), 5);

    public abstract string BuildDeleteCommandText(GraphBuilder graph, RespawnerOptions options);

    public abstract string BuildReseedSql(IEnumerable<Table> tablesToDelete);

    public string BuildTemporalTableCommandText(RespawnerOptions options) => string.Empty;

    public string BuildTurnOffSystemVersioningCommandText(IEnumerable<TemporalTable> tablesToTurnOffSystemVersioning) => string.Empty;

    public string BuildTurnOnSystemVersioningCommandText(IEnumerable<TemporalTable> tablesToTurnOnSystemVersioning) => string.Empty;

    public Task<bool> CheckSupportsTemporalTables(DbConnection connection) => Task.FromResult(false);

    public bool RequiresStatementsToBeExecutedIndividually() => false;

    /// <summary>How long a statement may take where the user does not say, in seconds; null for as long as the connection says.</summary>
    private protected virtual int? CommandTimeout => null;

    /// <summary>The user's options with this adapter in place of Respawn's own.</summary>
    internal RespawnerOptions Adopt(RespawnerOptions options) => new()
    {
        TablesToIgnore = options.TablesToIgnore,
        TablesToInclude = options.TablesToInclude,
        SchemasToInclude = options.SchemasToInclude,
        SchemasToExclude = options.SchemasToExclude,
        // Waiting for others has a limit of its own, which the driver knows nothing of.
        CommandTimeout = options.CommandTimeout ?? CommandTimeout,
        FormatDeleteStatement = options.FormatDeleteStatement,
        WithReseed = true,
        DbAdapter = this,
    };

    /// <summary>An SQL text; names come from the database's catalogue.</summary>
    internal static string Literal(string? text) =>
        text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A statement of the user's with one semicolon at its end, whether it came with one or not.</summary>
    protected static string Terminated(string statement) => $"{statement.TrimEnd().TrimEnd(';')};\n";

    private static string Rows(IEnumerable<string> rows, int columns)
    {
        var values = string.Join("), (", rows);
        return values.Length > 0
            ? $"VALUES ({values})"
            : $"SELECT {string.Join(", ", Enumerable.Repeat("NULL", columns))} WHERE 1 = 0";
    }
}
