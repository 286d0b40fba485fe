using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Relocation.Testing.Modeling;

/// <summary>Reads the fields that the properties of one entity become, and notes in which columns of its tables they are.</summary>
internal sealed class EntityFieldReader(
    IEntityType entity, ModelLabel label, IReadOnlyList<ITable> tables, List<string> problems, LeftOutReader leftOut)
{
    private readonly List<RelocationField> _all = [];
    private readonly Dictionary<ITable, List<RelocationColumn>> _columns = tables.ToDictionary(table => table, _ => new List<RelocationColumn>());

    private readonly List<string> _declared = [];

    /// <summary>The fields that are left out as declared, which backups may hold.</summary>
    internal IReadOnlyList<string> Declared => _declared;

    /// <summary>The fields that were added, which the key's parts are not among.</summary>
    internal IReadOnlyList<RelocationField> All => _all;

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

    internal static FieldType? TypeOf(IReadOnlyProperty property) =>
        IsServerText(property) ? FieldType.Text : TypeOf(property.FindRelationalTypeMapping(), property.ClrType);

    internal static FieldType? TypeOf(RelationalTypeMapping? mapping, Type clrType) => PropertyType.Of(mapping, clrType);

    internal static IReadOnlyList<string> Others(string name, IEnumerable<string> names) =>
        [.. names.Where(other => other != name).Distinct()];

    /// <summary>Whether the model is that of a context for SQLite.</summary>
    internal static bool IsSqlite(IReadOnlyProperty property) => IsOf(property, "Sqlite");

    /// <summary>Whether a property's values have no form in backups but the text that a server writes and reads, as PostgreSQL does for every type.</summary>
    private static bool IsServerText(IReadOnlyProperty property) => property.FindRelationalTypeMapping() is { } mapping
        && TypeOf(mapping, property.ClrType) is null && IsOf(property, "PostgreSQL");

    private static bool IsOf(IReadOnlyProperty property, string provider) =>
        (property.DeclaringType.Model as IModel)?.ModelDependencies?.TypeMappingSource.GetType().Assembly.GetName().Name?
            .Contains(provider, StringComparison.Ordinal) == true;

    internal RelocationTable TableOf(ITable table) => new() { Schema = table.Schema, Name = table.Name, Columns = _columns[table] };

    /// <param name="properties">The properties.</param>
    /// <param name="path">The objects that they are in, each followed by a dot.</param>
    /// <param name="optional">The innermost of these that may be missing.</param>
    /// <param name="typeColumn">What tells the record's type.</param>
    internal void AddProperties(IEnumerable<IProperty> properties, string path, string? optional, TypeColumn? typeColumn)
    {
        foreach (var property in properties)
        {
            // What the database works out itself (computed columns, row versions) is no part of a backup.
            if (property != typeColumn?.Property && leftOut.Leaves(property, label, path + NameOf(property)))
            {
                if (leftOut.IsDeclared(property))
                {
                    Declare(path + NameOf(property));
                }
            }
            else if (!IsPlaced(property))
            {
                _all.Add(Read(property, path, optional, property == typeColumn?.Property ? typeColumn : null));
            }
        }
    }

    internal void AddComplex(IEnumerable<IComplexProperty> properties, string path, string? optional)
    {
        foreach (var property in properties)
        {
            var name = path + SnakeCase(property.Name);
            var type = property.ComplexType;
            if (leftOut.Leaves(label, name))
            {
                Declare(name);
                continue;
            }

            if (type.IsMappedToJson())
            {
                AddJson(name, path + property.Name, type, property.IsCollection, property.IsNullable, optional);
                continue;
            }

            var within = property.IsNullable ? name : optional;
            AddProperties(type.GetProperties(), $"{name}.", within, null);
            AddComplex(type.GetComplexProperties(), $"{name}.", within);
        }
    }

    /// <summary>Notes that backups may hold a field that is left out.</summary>
    internal void Declare(string name) => _declared.Add(name);

    internal void AddJson(string name, string alias, ITypeBase type, bool isList, bool isNullable, string? optional)
    {
        var container = type.GetContainerColumnName();
        var table = tables.FirstOrDefault(candidate => container is not null && candidate.FindColumn(container) is not null);
        if (table?.FindColumn(container!) is not { } column)
        {
            problems.Add($"Entity '{entity.DisplayName()}' keeps '{name}' in a JSON column that its tables do not have.");
            return;
        }

        _columns[table].Add(new RelocationColumn(name, column.Name));
        _all.Add(new RelocationField
        {
            Name = name,
            Aliases = Others(name, [alias, column.Name]),
            Column = column.Name,
            Type = FieldType.Json,
            StoreType = column.StoreType,
            IsNullable = isNullable && column.IsNullable,
            Object = optional,
            ClrType = type.ClrType,
            Members = isList ? [] : JsonShapeReader.MembersOf(type),
            Element = isList ? JsonShapeReader.ItemOf(type) : null,
        });
    }

    internal RelocationField Read(IProperty property, string path, string? optional, TypeColumn? typeColumn = null)
    {
        var name = path + NameOf(property);
        var columns = ColumnsOf(property);
        if (columns.Count == 0)
        {
            problems.Add($"Property '{entity.DisplayName()}.{property.Name}' is mapped to no column of table '{tables[0].Name}'.");
            return new RelocationField { Name = name, Column = name, Type = FieldType.Text, StoreType = string.Empty };
        }

        foreach (var (table, placed) in columns)
        {
            _columns[table].Add(new RelocationColumn(name, placed.Name));
        }

        var column = columns[0].Column;
        var store = StoreObjectIdentifier.Table(columns[0].Table.Name, columns[0].Table.Schema);
        if (TypeOf(property) is not { } type)
        {
            problems.Add(PropertyType.Problem($"{entity.DisplayName()}.{property.Name}", property.ClrType, column.StoreType));
            type = FieldType.Text;
        }

        var isServerText = IsServerText(property);
        var mapping = isServerText ? null : property.FindRelationalTypeMapping();
        var declaredDefault = AnnotatedFacts.DefaultOf(property);
        return new RelocationField
        {
            Name = name,
            Aliases = Others(name, [path + property.Name, path + column.Name, .. Navigations(property).Concat(WithoutKeyEnding(property, column.Name)).SelectMany(
                navigation => new[] { path + SnakeCase(navigation), path + navigation })]),
            FormerNames = [.. AnnotatedFacts.FormerNamesOf(property).Select(former => path + former)],
            Column = column.Name,
            Type = type,
            StoreType = column.StoreType,
            IsNullable = property.IsNullable,
            Object = optional,
            MaxLength = type == FieldType.Text && !isServerText ? PropertyType.LongestText(property.ClrType, property.GetMaxLength()) : null,
            IgnoresCase = EntityRules.IgnoresCase(property, column.StoreType),
            Default = typeColumn is not null ? FieldDefault.Constant(typeColumn.Json) : declaredDefault ?? DefaultOf(property, store),
            IsDefaultDeclared = typeColumn is null && declaredDefault is not null,
            Convert = ValueConversion.For(mapping, property.ClrType),
            IsAlwaysConverted = ValueConversion.IsAlwaysNeeded(property.ClrType, type),
            NameOf = ValueConversion.NamesFor(mapping, property.ClrType),
            ClrType = isServerText ? typeof(string) : property.ClrType,
            Converter = type == FieldType.Array ? null : mapping?.Converter,
            Element = isServerText ? null : JsonShapeReader.ElementOf(property),
            IsServerText = isServerText,
            Sanitizing = SanitizingRules.Of(property),
            IsVolatile = AnnotatedFacts.IsVolatile(property),
            Precision = property.GetPrecision(),
            Scale = property.GetScale(),
            IsSqlite = IsSqlite(property),
        };
    }

    private List<(ITable Table, IColumn Column)> ColumnsOf(IProperty property)
    {
        var found = property.GetTableColumnMappings()
            .Where(mapping => _columns.ContainsKey((ITable)mapping.TableMapping.Table))
            .Select(mapping => ((ITable)mapping.TableMapping.Table, mapping.Column))
            .Distinct();
        return [.. found.OrderBy(place => tables.ToList().IndexOf(place.Item1))];
    }

    /// <summary>Whether the property's column has a field already: entities that share a row may share columns besides the key.</summary>
    private bool IsPlaced(IProperty property) => ColumnsOf(property) is { Count: > 0 } columns
        && columns.TrueForAll(place => _columns[place.Table].Exists(column => column.Name == place.Column.Name));

    /// <summary>A key of one column may be written under its navigation's name, as Django does.</summary>
    private static IEnumerable<string> Navigations(IProperty property) =>
        property.GetContainingForeignKeys()
            .Where(foreign => foreign.Properties.Count == 1 && !foreign.IsOwnership)
            .Select(foreign => foreign.DependentToPrincipal?.Name)
            .OfType<string>();

    /// <summary>
    /// A reference's field may have the name of its property or column without <c>Id</c> or <c>_id</c>, as Django's has, whatever its navigation is
    /// called, unless another property has that name.
    /// </summary>
    private IEnumerable<string> WithoutKeyEnding(IProperty property, string column)
    {
        if (!property.GetContainingForeignKeys().Any(foreign => !foreign.IsOwnership && foreign.Properties.Count == 1))
        {
            return [];
        }

        return new[] { property.Name, column }
            .Where(name => name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase))
            .Select(name => name[..^2].TrimEnd('_'))
            .Where(name => name.Length > 0 && !IsTaken(property.DeclaringType, SnakeCase(name)));
    }

    private bool IsTaken(ITypeBase type, string name) =>
        type.GetProperties().Any(other => NameOf(other) == name || SnakeCase(other.Name) == name)
        || type.GetComplexProperties().Any(other => SnakeCase(other.Name) == name)
        || (type is IEntityType owner && (owner.GetNavigations().Any(other => SnakeCase(other.Name) == name) || owner.GetSkipNavigations().Any(other => SnakeCase(other.Name) == name)))
        || entity.GetProperties().Any(other => NameOf(other) == name);

    private static FieldDefault? DefaultOf(IProperty property, StoreObjectIdentifier store)
    {
        if (property.TryGetDefaultValue(store, out var value) && value is not null)
        {
            var converter = property.FindRelationalTypeMapping()?.Converter;
            var stored = converter?.ModelClrType.IsInstanceOfType(value) == true ? converter.ConvertToProvider(value) : value;
            return FieldDefault.Constant(JsonSerializer.Serialize(
                stored is Enum ? Convert.ToInt64(stored, CultureInfo.InvariantCulture) : stored));
        }

        if (property.GetDefaultValueSql(store) is not null)
        {
            return FieldDefault.Database;
        }

        if (property.ValueGenerated != ValueGenerated.OnAdd || property.IsPrimaryKey())
        {
            return property is { ValueGenerated: ValueGenerated.OnAdd } && TypeOf(property) == FieldType.Guid ? FieldDefault.Guid : null;
        }

        return KeyReader.IsCounted(property) ? FieldDefault.Database : TypeOf(property) == FieldType.Guid ? FieldDefault.Guid : null;
    }
}
