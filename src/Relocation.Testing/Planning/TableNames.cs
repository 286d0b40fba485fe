namespace Relocation.Testing.Planning;

/// <summary>The tables that models' records get rows in.</summary>
internal static class TableNames
{
    /// <summary>The tables of a model's own rows, then those of its members' rows.</summary>
    internal static IEnumerable<string> Of(RelocationEntity entity) =>
        Own(entity).Concat(Members(entity).SelectMany(Own)).Distinct(StringComparer.Ordinal);

    /// <summary>All tables, each after those that its rows refer to, but for cut references.</summary>
    internal static IReadOnlyList<string> InOrder(ImportPlan plan)
    {
        var members = plan.Models.SelectMany(planned => Members(planned.Entity).Select(rows => (Rank: RankOf(planned, rows), Rows: rows)))
            .ToLookup(member => member.Rank, member => member.Rows);
        return [.. plan.Models.SelectMany(planned => Own(planned.Entity).Concat(members[planned.Rank].SelectMany(Own))).Distinct(StringComparer.Ordinal)];

        int RankOf(PlannedModel owner, RelocationEntity rows) => rows.References
            .Select(reference => plan.Model.Find(reference.Target) is { } target ? plan.Find(target.Label)!.Rank : 0)
            .Append(owner.Rank).Max();
    }

    private static IEnumerable<string> Own(RelocationEntity entity) => entity.Types.SelectMany(type => Own(type.Rows))
        .Concat(entity.Tables.Count == 0
            ? [Qualified(entity.Schema, entity.Table)]
            : entity.Tables.Select(table => Qualified(table.Schema, table.Name)))
        .Distinct(StringComparer.Ordinal);

    /// <summary>What becomes of members, those of members' rows after their own.</summary>
    private static IEnumerable<RelocationEntity> Members(RelocationEntity entity) => entity.Children
        .Concat(entity.Types.SelectMany(type => type.Rows.Children))
        .SelectMany(child => Members(child.Rows).Prepend(child.Rows));

    private static string Qualified(string? schema, string table) => schema is null ? table : $"{schema}.{table}";
}
