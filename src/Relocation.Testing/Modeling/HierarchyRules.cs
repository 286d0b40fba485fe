namespace Relocation.Testing.Modeling;

/// <summary>Passes what is declared of a hierarchy on to its types.</summary>
internal static class HierarchyRules
{
    internal static RelocationEntity PassOn(RelocationEntity entity) => entity.Types.Count == 0 ? entity : entity with
    {
        Types = [.. entity.Types.Select(type => new RelocationType
        {
            Label = type.Label,
            Discriminator = type.Discriminator,
            OtherDiscriminators = type.OtherDiscriminators,
            Rows = type.Rows with
            {
                DroppedFields = [.. type.Rows.DroppedFields.Union(entity.DroppedFields)],
                Fields = [.. type.Rows.Fields.Select(field => PassOn(entity, field))],
                References = [.. type.Rows.References.Select(reference =>
                    entity.References.FirstOrDefault(declared => declared.Name == reference.Name && declared.Target == reference.Target) ?? reference)],
            },
        })],
    };

    private static RelocationField PassOn(RelocationEntity entity, RelocationField field)
    {
        // Types may have fields of one name that differ; what is declared is meant for all of them.
        var declared = entity.Fields.FirstOrDefault(candidate => candidate.Name == field.Name) ?? field;
        return declared == field ? field : field with
        {
            FormerNames = declared.FormerNames,
            Default = declared.IsDefaultDeclared ? declared.Default : field.Default,
            IsDefaultDeclared = declared.IsDefaultDeclared,
        };
    }
}
