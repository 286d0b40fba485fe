namespace Relocation.Testing.Importing.Noting;

/// <summary>The references that steps of an import look at before rows are written, so that the first pass has to note them.</summary>
internal static class NeededReferences
{
    /// <summary>Whether the scope of a model's records differs from record to record, and the import takes only some.</summary>
    internal static bool DependOnScopes(RelocationEntity entity, ImportScope scope) =>
        entity.ScopeRule is not null && entity.Scopes.Any(scope.Takes) && !entity.Scopes.All(scope.Takes);

    /// <summary>The references of a model whose records are dropped when they lead nowhere.</summary>
    internal static IEnumerable<RelocationReference> OfDrops(RelocationEntity entity, ImportOptions options) =>
        options.UnresolvedReferences != UnresolvedReferencePolicy.Drop && entity.References.All(reference => reference.OnUnresolved is null)
        ? []
        : entity.References.Where(reference =>
            (reference.OnUnresolved ?? options.UnresolvedReferences) == UnresolvedReferencePolicy.Drop);

    /// <summary>The references of a model that lead to records it cannot do without.</summary>
    internal static IEnumerable<RelocationReference> OfFilters(RelocationEntity entity) =>
        entity.References.Where(reference => entity.Types.Select(type => type.Rows).DefaultIfEmpty(entity).Any(rows => IsRequired(rows, reference)));

    /// <summary>Whether rows cannot do without what a reference leads to.</summary>
    internal static bool IsRequired(RelocationEntity rows, RelocationReference reference) =>
        reference.Fields.All(name => rows.FindField(name) is { IsNullable: false });

    /// <summary>The references of a model to models that keep their keys, or to values that are kept.</summary>
    internal static IReadOnlyList<RelocationReference> ToKeptKeys(RelocationEntity entity, RelocationModel model)
    {
        List<RelocationReference>? kept = null;
        foreach (var reference in entity.References)
        {
            if (IsKept(reference, model))
            {
                (kept ??= []).Add(reference);
            }
        }

        return kept ?? (IReadOnlyList<RelocationReference>)[];
    }

    /// <summary>The same of what is in members of the model's records.</summary>
    internal static IEnumerable<RelocationReference> ToKeptKeysOfMembers(RelocationEntity entity, RelocationModel model) =>
        entity.ChildReferences().Where(reference => IsKept(reference, model));

    private static bool IsKept(RelocationReference reference, RelocationModel model) =>
        model.Find(reference.Target) is { } target && (reference.TargetFields.Count > 0 || target.Key.Policy == KeyPolicy.Preserve);
}
