using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>Reads what the application demands of the JSON in a column: names are those in the JSON, not a backup's.</summary>
internal static class JsonShape
{
    internal static IReadOnlyList<RelocationField> MembersOf(ITypeBase type)
    {
        var members = new List<RelocationField>();
        foreach (var property in type.GetProperties().Where(property => !property.IsPrimaryKey() && property.GetJsonPropertyName() is not null))
        {
            var mapping = property.FindRelationalTypeMapping();
            var (least, most) = PropertyType.RangeOf(property.ClrType);
            var field = PropertyType.Of(mapping, property.ClrType) ?? FieldType.Text;
            members.Add(new RelocationField
            {
                Name = property.GetJsonPropertyName()!,
                Column = string.Empty,
                Type = field,
                StoreType = mapping?.StoreType ?? string.Empty,
                IsNullable = property.IsNullable,
                MaxLength = field == FieldType.Text ? PropertyType.LongestText(property.ClrType, property.GetMaxLength()) : null,
                Least = least,
                Most = most,
                Values = PropertyType.JsonValuesOf(mapping, property.ClrType),
                Element = property.GetElementType() is { } element ? ElementOf(element) : null,
            });
        }

        foreach (var complex in type.GetComplexProperties())
        {
            members.Add(Nested(complex.GetJsonPropertyName() ?? complex.Name, complex.ComplexType, complex.IsCollection, complex.IsNullable));
        }

        var ownerships = (type as IEntityType)?.GetReferencingForeignKeys().Where(foreign => foreign.IsOwnership) ?? [];
        foreach (var ownership in ownerships)
        {
            var owned = ownership.DeclaringEntityType;
            var name = owned.GetJsonPropertyName() ?? ownership.PrincipalToDependent!.Name;
            members.Add(Nested(name, owned, !ownership.IsUnique, ownership.IsUnique && !ownership.IsRequiredDependent));
        }

        return members;
    }

    internal static RelocationField ElementOf(IElementType element)
    {
        var mapping = element.FindTypeMapping() as Microsoft.EntityFrameworkCore.Storage.RelationalTypeMapping;
        var (least, most) = PropertyType.RangeOf(element.ClrType);
        return new RelocationField
        {
            Name = "element",
            Column = string.Empty,
            Type = PropertyType.Of(mapping, element.ClrType) ?? FieldType.Text,
            StoreType = mapping?.StoreType ?? string.Empty,
            IsNullable = element.IsNullable,
            MaxLength = PropertyType.LongestText(element.ClrType, element.GetMaxLength()),
            Least = least,
            Most = most,
            Values = PropertyType.JsonValuesOf(mapping, element.ClrType),
        };
    }

    private static RelocationField Nested(string name, ITypeBase type, bool isList, bool isNullable) => new()
    {
        Name = name,
        Column = string.Empty,
        Type = FieldType.Json,
        StoreType = string.Empty,
        IsNullable = isNullable,
        IsList = isList,
        Members = MembersOf(type),
    };
}
