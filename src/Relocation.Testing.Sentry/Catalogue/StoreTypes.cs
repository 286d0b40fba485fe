namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>Maps a catalogue's types, which are PostgreSQL's, to the library's and each engine's.</summary>
internal abstract class StoreTypes
{
    private const string Varchar = "varchar";

    internal static StoreTypes OfSqlite { get; } = new Sqlite();

    internal static StoreTypes OfPostgreSql { get; } = new PostgreSql();

    internal static StoreTypes Of(DatabaseEngine engine) => engine.Name switch
    {
        "PostgreSQL" => OfPostgreSql,
        "SQLite" => OfSqlite,
        _ => throw Errors.UnknownEngine(engine),
    };

    /// <summary>The column type.</summary>
    internal abstract string Of(string type, FieldType fieldType);

    internal static FieldType FieldTypeOf(string label, string name, CatalogueField field) => field.Dump switch
    {
        "number" => field.Type == "double precision" ? FieldType.Real : FieldType.Integer,
        "boolean" => FieldType.Boolean,
        "string" => FieldType.Text,
        "datetime-ms-z" => FieldType.Instant,
        "decimal-string" => FieldType.Integer,
        "uuid-string" => FieldType.Guid,
        "json-native" or "json-string" or "scalar-or-json-string" => FieldType.Json,
        "python-list-repr-string" or "json-list-string" => FieldType.Array,
        _ => throw Errors.UnknownDump(label, name, field.Dump),
    };

    internal static FieldEncoding EncodingOf(CatalogueField field) => field.Dump switch
    {
        "decimal-string" => FieldEncoding.DecimalText,
        "json-string" or "scalar-or-json-string" => FieldEncoding.JsonText,
        "python-list-repr-string" => FieldEncoding.PythonListText,
        "json-list-string" => FieldEncoding.ListText,
        "json-native" when field.Former is not null => FieldEncoding.FormerJsonText,
        _ => FieldEncoding.Native,
    };

    /// <summary>The column's own limit. A limit of array elements is not one of the field.</summary>
    internal static int? MaxLengthOf(string type) =>
        type.StartsWith($"{Varchar}(", StringComparison.Ordinal) && type.EndsWith(')')
            ? int.Parse(type[(Varchar.Length + 1)..^1], System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <summary>The element type of an array type.</summary>
    internal static RelocationField ElementOf(string type)
    {
        var item = type[..^2];
        var isArray = item.EndsWith("[]", StringComparison.Ordinal);
        return new RelocationField
        {
            Name = "item",
            Column = "item",
            Type = isArray ? FieldType.Array : item == "double precision" ? FieldType.Real : FieldType.Text,
            StoreType = item,
            MaxLength = MaxLengthOf(item),
            Element = isArray ? ElementOf(item) : null,
        };
    }

    private sealed class PostgreSql : StoreTypes
    {
        internal override string Of(string type, FieldType fieldType) =>
            type.StartsWith(Varchar, StringComparison.Ordinal) ? $"character varying{type[Varchar.Length..]}" : type;
    }

    private sealed class Sqlite : StoreTypes
    {
        // SQLite does not enforce lengths; imports do, from the field's MaxLength. Its own NOCASE knows ASCII letters only.
        internal override string Of(string type, FieldType fieldType) => fieldType switch
        {
            FieldType.Integer or FieldType.Boolean => "INTEGER",
            FieldType.Real => "REAL",
            _ => type == "citext" ? "TEXT COLLATE NOCASE" : "TEXT",
        };
    }
}
