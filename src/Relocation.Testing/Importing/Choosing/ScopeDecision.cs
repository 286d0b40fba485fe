using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Choosing;

/// <summary>Decides for every record whether the import's scope takes it, before any key is given out.</summary>
internal sealed class ScopeDecision(ImportContext context) : Decision
{
    /// <summary>The scope of each record of models whose records differ in it; a rule may follow a reference to an earlier model's.</summary>
    private readonly Dictionary<ModelLabel, string[]> _scopes = [];

    internal override Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        var scope = context.Options.Scope;
        foreach (var table in tables)
        {
            if (NeededReferences.DependOnScopes(table.Entity, scope) && table.Count > 0)
            {
                _scopes.Add(table.Entity.Label, ByRecord(table, context.Noted.Facts[table.Entity.Label], scope));
            }
            else if (table.Entity.Scopes.Count > 0 && !table.Entity.Scopes.Any(scope.Takes))
            {
                for (var rank = 0; rank < table.Count; rank++)
                {
                    table.Exclude(rank, RecordState.OutOfScope);
                }
            }

            table.CompleteScopes();
        }

        return Task.CompletedTask;
    }

    private string[] ByRecord(KeyTable table, FieldFacts facts, ImportScope scope)
    {
        var rule = table.Entity.ScopeRule!;
        var scopes = new string[table.Count];
        for (var rank = 0; rank < scopes.Length; rank++)
        {
            scopes[rank] = rule.Follow is { } name
                ? ScopeOfTarget(table.Entity, name, rank, facts) ?? rule.Otherwise
                : rule.WhenAnySet.Any(field => facts[field, rank] is not null) ? rule.Then : rule.Otherwise;
            if (!scope.Takes(scopes[rank]))
            {
                table.Exclude(rank, RecordState.OutOfScope);
            }
        }

        return scopes;
    }

    private string? ScopeOfTarget(RelocationEntity entity, string name, int rank, FieldFacts facts)
    {
        var reference = entity.References.First(reference => reference.Name == name);
        return facts[reference.Fields[0], rank] is { } key
            && context.Tables.Find(reference.Target) is { } target
            && target.TryFind(key, out var targetRank)
            && _scopes.TryGetValue(target.Entity.Label, out var scopes)
            ? scopes[targetRank]
            : null;
    }
}
