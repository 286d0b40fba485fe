using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Relocation.Testing.Modeling;

/// <summary>Reads the fields of one entity: its properties, and those of owned and complex types in the same table.</summary>
internal sealed class EntityFieldReader(IEntityType entity, ITable table, List<string> problems)
{
    /// <summary>The field's name for a property: what the model says, or its name in snake case, as Django's serializers write names.</summary>
    internal static string NameOf(IReadOnlyProperty property) => AnnotatedFacts.FieldNameOf(property) ?? SnakeCase(property.Name);

    internal static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord && name[i - 1] != '_')
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }

    internal static FieldType? TypeOf(IReadOnlyProperty property) => TypeOf(property.FindRelationalTypeMapping(), property.ClrType);

    internal static FieldType? TypeOf(RelationalTypeMapping? mapping, Type clrType)
    {
        var type = mapping?.Converter?.ProviderClrType ?? clrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return mapping?.StoreType is "json" or "jsonb" ? FieldType.Json : mapping?.ElementTypeMapping is null ? FieldType.Text : FieldType.Array;
        }

        return type switch
        {
            _ when mapping?.ElementTypeMapping is not null => FieldType.Array,
            _ when type == typeof(bool) => FieldType.Boolean,
            _ when type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(byte)
                || type == typeof(sbyte) || type == typeof(ushort) || type == typeof(uint) => FieldType.Integer,
            _ when type == typeof(double) || type == typeof(float) => FieldType.Real,
            _ when type == typeof(decimal) => FieldType.Decimal,
            _ when type == typeof(char) => FieldType.Text,
            _ when type == typeof(byte[]) => FieldType.Bytes,
            _ when type == typeof(Guid) => FieldType.Guid,
            _ when type == typeof(DateTime) => mapping?.StoreType == "timestamp with time zone" ? FieldType.Instant : FieldType.DateTime,
            _ when type == typeof(DateTimeOffset) => FieldType.Instant,
            _ when type == typeof(DateOnly) => FieldType.Date,
            _ when type == typeof(TimeOnly) => FieldType.Time,
            _ when type == typeof(TimeSpan) => FieldType.Duration,
            _ => null,
        };
    }

    internal List<RelocationField> ReadAll(IReadOnlyList<IProperty> key)
    {
        var fields = new List<RelocationField>();
        AddProperties(entity.GetProperties().Except(key), string.Empty, isOptional: false, fields);
        AddComplex(entity.GetComplexProperties(), string.Empty, isOptional: false, fields);
        AddOwned(entity, string.Empty, isOptional: false, fields);
        return fields;
    }

    internal RelocationField Read(IProperty property) => Read(property, string.Empty, isOptional: false)!;

    private void AddProperties(IEnumerable<IProperty> properties, string path, bool isOptional, List<RelocationField> fields)
    {
        foreach (var property in properties)
        {
            // What the database works out itself (computed columns, row versions) is no part of a backup.
            var isDatabases = property.ValueGenerated is ValueGenerated.OnAddOrUpdate or ValueGenerated.OnUpdate
                || property.GetComputedColumnSql() is not null;
            if (!isDatabases && Read(property, path, isOptional) is { } field)
            {
                fields.Add(field);
            }
        }
    }

    private void AddComplex(IEnumerable<IComplexProperty> properties, string path, bool isOptional, List<RelocationField> fields)
    {
        foreach (var property in properties)
        {
            var name = path + SnakeCase(property.Name);
            var type = property.ComplexType;
            if (type.IsMappedToJson())
            {
                AddJson(name, path + property.Name, type.GetContainerColumnName(), type, property.IsCollection, fields);
                continue;
            }

            AddProperties(type.GetProperties(), name + ".", isOptional || property.IsNullable, fields);
            AddComplex(type.GetComplexProperties(), name + ".", isOptional || property.IsNullable, fields);
        }
    }

    private void AddOwned(IEntityType owner, string path, bool isOptional, List<RelocationField> fields)
    {
        foreach (var ownership in owner.GetReferencingForeignKeys().Where(foreign => foreign.IsOwnership))
        {
            var owned = ownership.DeclaringEntityType;
            var navigation = ownership.PrincipalToDependent!.Name;
            var name = path + SnakeCase(navigation);
            if (owned.IsMappedToJson())
            {
                AddJson(name, path + navigation, owned.GetContainerColumnName(), owned, !ownership.IsUnique, fields);
                continue;
            }

            var optional = isOptional || !ownership.IsRequiredDependent;
            AddProperties(owned.GetProperties().Where(property => !property.IsPrimaryKey()), name + ".", optional, fields);
            AddComplex(owned.GetComplexProperties(), name + ".", optional, fields);
            AddOwned(owned, name + ".", optional, fields);
        }
    }

    private void AddJson(
        string name, string alias, string? container, IReadOnlyTypeBase shape, bool isCollection, List<RelocationField> fields)
    {
        if (container is null || table.FindColumn(container) is not { } column)
        {
            problems.Add($"Entity '{entity.DisplayName()}' keeps '{name}' in a JSON column that its table does not have.");
            return;
        }

        fields.Add(new RelocationField
        {
            Name = name,
            Aliases = Others(name, [alias, column.Name]),
            Column = column.Name,
            Type = FieldType.Json,
            StoreType = column.StoreType,
            IsNullable = column.IsNullable,
            ClrType = shape.ClrType,
            Members = isCollection ? [] : JsonShapeReader.MembersOf(shape),
            Element = isCollection ? JsonShapeReader.ItemOf(shape) : null,
        });
    }

    private RelocationField? Read(IProperty property, string path, bool isOptional)
    {
        var store = StoreObjectIdentifier.Table(table.Name, table.Schema);
        if (property.GetColumnName(store) is not { } columnName || table.FindColumn(columnName) is not { } column)
        {
            problems.Add($"Property '{entity.DisplayName()}.{property.Name}' is mapped to no column of table '{table.Name}'.");
            return null;
        }

        if (TypeOf(property) is not { } type)
        {
            problems.Add(
                $"Property '{entity.DisplayName()}.{property.Name}' has the column type '{column.StoreType}', which is not supported. "
                + "Give it a value converter to a type that is.");
            type = FieldType.Text;
        }

        var name = path + NameOf(property);
        var declaredDefault = AnnotatedFacts.DefaultOf(property);
        return new RelocationField
        {
            Name = name,
            Aliases = Others(name, [path + property.Name, path + column.Name, .. Navigations(property).SelectMany(
                navigation => new[] { path + SnakeCase(navigation), path + navigation })]),
            FormerNames = [.. AnnotatedFacts.FormerNamesOf(property).Select(former => path + former)],
            Column = column.Name,
            Type = type,
            StoreType = column.StoreType,
            IsNullable = column.IsNullable || isOptional,
            MaxLength = type == FieldType.Text ? property.GetMaxLength() : null,
            IgnoresCase = EntityRules.IgnoresCase(property, column.StoreType),
            Default = declaredDefault ?? DefaultOf(property, store),
            IsDefaultDeclared = declaredDefault is not null,
            Convert = ValueConversion.For(property),
            ClrType = property.ClrType,
            Converter = type == FieldType.Array ? null : property.FindRelationalTypeMapping()?.Converter,
            Element = JsonShapeReader.ElementOf(property),
        };
    }

    private static IReadOnlyList<string> Others(string name, IEnumerable<string> names) =>
        [.. names.Where(other => other != name).Distinct()];

    /// <summary>A key of one column may be written under its navigation's name, as Django does.</summary>
    private static IEnumerable<string> Navigations(IProperty property) =>
        property.GetContainingForeignKeys()
            .Where(foreign => foreign.Properties.Count == 1 && !foreign.IsOwnership)
            .Select(foreign => foreign.DependentToPrincipal?.Name)
            .OfType<string>();

    private static FieldDefault? DefaultOf(IProperty property, StoreObjectIdentifier store)
    {
        if (property.TryGetDefaultValue(store, out var value) && value is not null)
        {
            var converter = property.FindRelationalTypeMapping()?.Converter;
            var stored = converter?.ModelClrType.IsInstanceOfType(value) == true ? converter.ConvertToProvider(value) : value;
            return FieldDefault.Constant(JsonSerializer.Serialize(
                stored is Enum ? Convert.ToInt64(stored, CultureInfo.InvariantCulture) : stored));
        }

        return property.GetDefaultValueSql(store) is null ? null : FieldDefault.Database;
    }
}
