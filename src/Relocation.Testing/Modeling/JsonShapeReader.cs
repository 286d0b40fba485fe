using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Relocation.Testing.Modeling;

/// <summary>Reads what the values of arrays and JSON columns are made of.</summary>
internal static class JsonShapeReader
{
    /// <summary>What the items of a primitive collection are, or null when the property is none.</summary>
    internal static RelocationField? ElementOf(IReadOnlyProperty property) =>
        property.GetElementType() is { } element
            ? Item(
                element.FindTypeMapping() as RelationalTypeMapping, element.ClrType, element.IsNullable, element.GetMaxLength(), EntityFieldReader.IsSqlite(property))
            : null;

    /// <summary>The members of the objects that a complex type mapped to JSON becomes.</summary>
    internal static IReadOnlyList<RelocationField> MembersOf(IReadOnlyTypeBase type)
    {
        var members = type.GetProperties()
            .Where(property => property.GetJsonPropertyName() is { Length: > 0 })
            .Select(property => Member(property, property.GetJsonPropertyName()!))
            .Concat(type.GetComplexProperties().Select(property =>
                Nested(property.GetJsonPropertyName() ?? property.Name, property.ComplexType, property.IsNullable, property.IsCollection)));
        var navigations = type is not IReadOnlyEntityType owner
            ? []
            : owner.GetNavigations().Where(navigation => navigation.ForeignKey.IsOwnership && !navigation.IsOnDependent).Select(navigation =>
                Nested(
                    navigation.TargetEntityType.GetJsonPropertyName() ?? navigation.Name,
                    navigation.TargetEntityType,
                    !navigation.ForeignKey.IsRequiredDependent,
                    navigation.IsCollection));
        return [.. members.Concat(navigations)];
    }

    /// <summary>What the items of a list of objects in a JSON column are.</summary>
    internal static RelocationField ItemOf(IReadOnlyTypeBase type) => Nested("item", type, isNullable: false, isCollection: false);

    private static RelocationField Nested(string name, IReadOnlyTypeBase type, bool isNullable, bool isCollection) => new()
    {
        Name = name,
        Column = name,
        Type = isCollection ? FieldType.Array : FieldType.Json,
        StoreType = string.Empty,
        IsNullable = isNullable && !isCollection,
        Members = isCollection ? [] : MembersOf(type),
        Element = isCollection ? ItemOf(type) : null,
        ClrType = type.ClrType,
    };

    private static RelocationField Member(IReadOnlyProperty property, string name)
    {
        var mapping = property.FindRelationalTypeMapping();
        var element = ElementOf(property);
        return new RelocationField
        {
            Name = name,
            Column = name,
            Type = element is not null ? FieldType.Array : EntityFieldReader.TypeOf(property) ?? FieldType.Json,
            StoreType = mapping?.StoreType ?? string.Empty,
            IsNullable = property.IsNullable,
            MaxLength = property.GetMaxLength(),
            ClrType = property.ClrType,
            Converter = element is null ? mapping?.Converter : null,
            JsonForm = property.GetJsonValueReaderWriter() ?? mapping?.JsonValueReaderWriter,
            Element = element,
        };
    }

    private static RelocationField Item(RelationalTypeMapping? mapping, Type type, bool isNullable, int? maxLength, bool isSqlite)
    {
        var field = EntityFieldReader.TypeOf(mapping, type) ?? FieldType.Text;
        var inner = mapping?.ElementTypeMapping as RelationalTypeMapping;
        var innerType = type.IsArray ? type.GetElementType()! : type.GenericTypeArguments.FirstOrDefault() ?? type;
        return new RelocationField
        {
            Name = "item",
            Column = "item",
            Type = field,
            StoreType = mapping?.StoreType ?? string.Empty,
            IsNullable = isNullable,
            MaxLength = field == FieldType.Text ? PropertyType.LongestText(type, maxLength) : maxLength,
            Convert = ValueConversion.For(mapping, type),
            IsAlwaysConverted = ValueConversion.IsAlwaysNeeded(type, field),
            NameOf = ValueConversion.NamesFor(mapping, type),
            IsSqlite = isSqlite,
            ClrType = type,
            Converter = inner is null ? mapping?.Converter : null,
            JsonForm = mapping?.JsonValueReaderWriter,
            Element = inner is null ? null : Item(inner, innerType, isNullable: false, maxLength: null, isSqlite),
        };
    }
}
