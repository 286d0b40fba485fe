using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Benchmarks.Model;

/// <summary>The benchmark's model as the importer and the generator read it.</summary>
internal static class BenchmarkRelocationModel
{
    internal static RelocationModel Of(BenchmarkContext context) =>
        RelocationModel.Create(nameof(BenchmarkContext), context.Model.GetEntityTypes().Select(Entity));

    private static ModelLabel Label(IReadOnlyEntityType type) => ModelLabel.Parse("benchmark." + type.ClrType.Name);

    private static string Name(IReadOnlyPropertyBase property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static RelocationEntity Entity(IEntityType type) => new()
    {
        Label = Label(type),
        Table = type.GetTableName()!,
        Key = new RelocationKey { Fields = [.. type.FindPrimaryKey()!.Properties.Select(Field)], Policy = KeyPolicy.Remap, HasCounter = true },
        Fields = [.. type.GetProperties().Where(property => !property.IsPrimaryKey()).Select(Field)],
        References = [.. type.GetForeignKeys().Select(key => new RelocationReference
        {
            Name = Name(key.Properties[0]),
            Fields = [.. key.Properties.Select(Name)],
            Target = Label(key.PrincipalEntityType),
        })],
        Uniques = [.. type.GetIndexes().Where(index => index.IsUnique).Select(index => new UniqueSet
        {
            Name = index.GetDatabaseName(),
            Fields = [.. index.Properties.Select(Name)],
        })],
    };

    private static RelocationField Field(IProperty property) => new()
    {
        Name = Name(property),
        Column = property.GetColumnName(),
        Type = Type(property),
        StoreType = property.GetColumnType(),
        IsNullable = property.IsNullable,
        MaxLength = property.GetMaxLength(),
    };

    private static FieldType Type(IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return System.Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 => FieldType.Integer,
            TypeCode.Boolean => FieldType.Boolean,
            TypeCode.Double => FieldType.Real,
            TypeCode.Decimal => FieldType.Decimal,
            TypeCode.String => FieldType.Text,
            TypeCode.DateTime => property.GetRelationalTypeMapping().StoreType == "timestamp with time zone"
                ? FieldType.Instant
                : FieldType.DateTime,
            _ => FieldType.Guid,
        };
    }
}
