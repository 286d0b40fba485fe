using Respawn;
using Respawn.Graph;

namespace Relocation.Testing.Resetting;

/// <summary>Which tables a reset empties, worked out and found safe before anything is touched.</summary>
internal sealed class EmptyingPlan
{
    /// <summary>EF Core's default name of the table that remembers applied migrations.</summary>
    private const string MigrationsHistory = "__EFMigrationsHistory";

    private readonly RespawnerOptions _options;
    private readonly StringComparison _comparison;

    private EmptyingPlan(RespawnerOptions options, StringComparison comparison)
    {
        _options = options;
        _comparison = comparison;
    }

    /// <summary>The tables to empty, ordered by name.</summary>
    internal IReadOnlyList<TableName> Emptied { get; private set; } = [];

    /// <summary>The links among the tables to empty.</summary>
    internal IReadOnlyList<TableLink> Links { get; private set; } = [];

    /// <summary>Chooses the tables and checks that no kept one hangs on them.</summary>
    /// <param name="options">The user's options.</param>
    /// <param name="comparison">How the engine compares names.</param>
    /// <param name="tables">All tables.</param>
    /// <param name="links">All foreign keys, and partitions to their wholes.</param>
    /// <exception cref="ResetException">A kept table refers to one that would be emptied.</exception>
    internal static EmptyingPlan Make(
        RespawnerOptions options, StringComparison comparison, IEnumerable<TableName> tables, IReadOnlyList<TableLink> links)
    {
        var plan = new EmptyingPlan(options, comparison);
        plan.Emptied = [.. tables.Where(plan.IsEmptied).OrderBy(table => table.ToString(), StringComparer.Ordinal)];
        var emptied = plan.Emptied.ToHashSet();
        var unsafeLinks = links.Where(link => emptied.Contains(link.To) && !emptied.Contains(link.From)).ToList();
        if (unsafeLinks.Count > 0)
        {
            throw ResetErrors.KeptTableRefers(unsafeLinks);
        }

        plan.Links = [.. links.Where(link => emptied.Contains(link.From) && emptied.Contains(link.To))];
        return plan;
    }

    /// <summary>Whether Respawn is limited to some schemas, and that one is not among them.</summary>
    internal bool LeavesOutSchema(string? schema)
    {
        if (schema is null)
        {
            return false;
        }

        return _options.SchemasToExclude is { Length: > 0 } excluded
            ? excluded.Contains(schema, StringComparer.Ordinal)
            : _options.SchemasToInclude is { Length: > 0 } included && !included.Contains(schema, StringComparer.Ordinal);
    }

    private bool IsEmptied(TableName table)
    {
        if (LeavesOutSchema(table.Schema) || Names(_options.TablesToIgnore, table))
        {
            return false;
        }

        return _options.TablesToInclude is { Length: > 0 } included
            ? Names(included, table)
            : !string.Equals(table.Name, MigrationsHistory, _comparison);
    }

    private bool Names(Table[]? list, TableName table) =>
        list is not null && Array.Exists(list, item =>
            string.Equals(item.Name, table.Name, _comparison)
            && (string.IsNullOrEmpty(item.Schema) || table.Schema is null || string.Equals(item.Schema, table.Schema, _comparison)));
}
