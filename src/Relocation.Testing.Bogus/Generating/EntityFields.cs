namespace Relocation.Testing.Generating;

/// <summary>Finds fields of a model by name.</summary>
internal static class EntityFields
{
    /// <summary>The field or key part of that name, or null.</summary>
    internal static RelocationField? FieldNamed(this RelocationEntity entity, string name) =>
        entity.Fields.Concat(entity.Key.Fields).FirstOrDefault(field => field.Name == name);

    /// <summary>Whether the field is part of the primary key.</summary>
    internal static bool IsInKey(this RelocationEntity entity, string name) => entity.Key.Fields.Any(field => field.Name == name);
}
