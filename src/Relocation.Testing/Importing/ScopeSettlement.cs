namespace Relocation.Testing.Importing;

/// <summary>Decides for every record whether the import's scope takes it, before any key is given out.</summary>
internal static class ScopeSettlement
{
    /// <summary>Whether some records of the model are taken and others are not, so that their fields have to be looked at.</summary>
    internal static bool DependsOnRecords(RelocationEntity entity, ImportScope scope) =>
        entity.ScopeRule is not null && entity.Scopes.Any(scope.Takes) && !entity.Scopes.All(scope.Takes);

    internal static void Settle(
        ImportPlan plan, KeyTables tables, IReadOnlyDictionary<ModelLabel, FieldFacts> facts, ImportScope scope)
    {
        // A rule may follow a reference, whose target is earlier in the plan and settled by then.
        var scopes = new Dictionary<ModelLabel, string[]>();
        foreach (var planned in plan.Models)
        {
            var table = tables[planned.Entity];
            if (DependsOnRecords(planned.Entity, scope) && table.Count > 0)
            {
                scopes.Add(planned.Entity.Label, SettleByRecord(table, tables, facts[planned.Entity.Label], scopes, scope));
            }
            else if (planned.Entity.Scopes.Count > 0 && !planned.Entity.Scopes.Any(scope.Takes))
            {
                for (var rank = 0; rank < table.Count; rank++)
                {
                    table.Exclude(rank, RecordState.OutOfScope);
                }
            }

            table.CompleteScopes();
        }
    }

    private static string[] SettleByRecord(
        KeyTable table, KeyTables tables, FieldFacts facts, Dictionary<ModelLabel, string[]> settled, ImportScope scope)
    {
        var rule = table.Entity.ScopeRule!;
        var scopes = new string[table.Count];
        for (var rank = 0; rank < scopes.Length; rank++)
        {
            scopes[rank] = rule.Follow is { } name
                ? ScopeOfTarget(table.Entity, name, rank, tables, facts, settled) ?? rule.Otherwise
                : rule.WhenAnySet.Any(field => facts[field, rank] is not null) ? rule.Then : rule.Otherwise;
            if (!scope.Takes(scopes[rank]))
            {
                table.Exclude(rank, RecordState.OutOfScope);
            }
        }

        return scopes;
    }

    private static string? ScopeOfTarget(
        RelocationEntity entity, string name, int rank, KeyTables tables, FieldFacts facts, Dictionary<ModelLabel, string[]> settled)
    {
        var reference = entity.References.First(reference => reference.Name == name);
        return facts[reference.Fields[0], rank] is { } key
            && tables.Find(reference.Target) is { } target
            && target.TryFind(key, out var targetRank)
            && settled.TryGetValue(target.Entity.Label, out var scopes)
            ? scopes[targetRank]
            : null;
    }
}
