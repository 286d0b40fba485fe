namespace Relocation.Testing.Cli.Inspecting;

/// <summary>Describes what an import does if a record lacks a field.</summary>
internal static class AbsentField
{
    /// <summary>The fields that a model's records should have and that none has.</summary>
    /// <param name="entity">The model.</param>
    /// <param name="label">
    /// The records' label: where it names a type of a hierarchy, they need neither name it again nor have what other types have.
    /// </param>
    /// <param name="shape">What was found.</param>
    internal static IEnumerable<RelocationField> Of(RelocationEntity entity, ModelLabel label, FieldShape shape)
    {
        var namesType = entity.TypeField is { } field && shape.Met(field);
        var type = namesType ? null : entity.Types.Count == 1 ? entity.Types[0] : entity.Types.FirstOrDefault(type => type.Label == label);
        return (type?.Rows ?? entity).Fields.Where(field => field.IsInBackup
            && !(type is not null && field.Name == entity.TypeField)
            && !field.Aliases.Concat(field.FormerNames).Prepend(field.Name).Any(shape.Met));
    }

    internal static string Becomes(RelocationField field) => field switch
    {
        { IsDefaultDeclared: true } => "declared default",
        { Default: not null and not { Kind: FieldDefaultKind.Database } } => "default",
        { IsNullable: true } => "null",
        _ => "refused",
    };
}
