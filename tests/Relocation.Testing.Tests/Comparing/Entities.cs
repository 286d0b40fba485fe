namespace Relocation.Testing.Tests.Comparing;

/// <summary>Models for comparisons, made where a test needs them.</summary>
internal static class Entities
{
    internal static RelocationEntity Entity(string name, IReadOnlyList<RelocationField> fields, params RelocationReference[] references) => new()
    {
        Label = ModelLabel.Parse($"made.{name}"),
        Table = name,
        Key = new RelocationKey { Fields = [Field("id") with { IsNullable = false }], Policy = KeyPolicy.Remap },
        Fields = fields,
        References = references,
    };

    internal static RelocationField Field(string name, FieldType type = FieldType.Integer) =>
        new() { Name = name, Column = name, Type = type, StoreType = "any", IsNullable = true };

    internal static RelocationReference To(string target, string field) =>
        new() { Name = field, Fields = [field], Target = ModelLabel.Parse($"made.{target}") };
}
