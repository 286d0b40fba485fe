using Microsoft.EntityFrameworkCore.Storage;

namespace Relocation.Testing.Modeling;

/// <summary>What a property's .NET type and column type make of its field.</summary>
internal static class PropertyType
{
    private static readonly string[] Spatial =
    [
        "geometry", "geography", "geometrycollection", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "line", "lseg",
        "box", "path", "circle",
    ];

    internal static FieldType? Of(RelationalTypeMapping? mapping, Type clrType)
    {
        if (mapping is not null && IsSpatial(mapping.StoreType))
        {
            return null;
        }

        var type = mapping?.Converter?.ProviderClrType ?? clrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        var store = mapping is null ? null : StoreTypeName.Of(mapping.StoreType);
        if (store is "json" or "jsonb" or "hstore" && type != typeof(byte[]) && mapping?.ElementTypeMapping is null)
        {
            return FieldType.Json;
        }

        if (type == typeof(string))
        {
            return mapping?.ElementTypeMapping is null ? FieldType.Text : FieldType.Array;
        }

        return type switch
        {
            _ when mapping?.ElementTypeMapping is RelationalTypeMapping element => Of(element, element.ClrType) is null ? null : FieldType.Array,
            _ when type == typeof(bool) => FieldType.Boolean,
            _ when type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(byte)
                || type == typeof(sbyte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong) => FieldType.Integer,
            _ when type == typeof(double) || type == typeof(float) => FieldType.Real,
            _ when type == typeof(decimal) => FieldType.Decimal,

            // An enum that neither a number nor a converter stands for is one of the database's own, whose values are labels.
            _ when type == typeof(char) || type.IsEnum => FieldType.Text,
            _ when type == typeof(System.Net.IPAddress) && store is "inet" => FieldType.Text,
            _ when type == typeof(byte[]) => FieldType.Bytes,
            _ when type == typeof(Guid) => FieldType.Guid,
            _ when type == typeof(DateTime) => store is not null && store.StartsWith("timestamp", StringComparison.Ordinal) && store.EndsWith("with time zone", StringComparison.Ordinal) ? FieldType.Instant : FieldType.DateTime,
            _ when type == typeof(DateTimeOffset) => FieldType.Instant,
            _ when type == typeof(DateOnly) => FieldType.Date,
            _ when type == typeof(TimeOnly) => FieldType.Time,
            _ when type == typeof(TimeSpan) => FieldType.Duration,
            _ => null,
        };
    }

    /// <summary>Why a property cannot be read, and what to do.</summary>
    internal static string Problem(string property, Type clrType, string storeType)
    {
        var why = storeType switch
        {
            _ when storeType.Contains("range", StringComparison.OrdinalIgnoreCase) => "a range",
            _ when IsSpatial(storeType)
                || clrType.Namespace?.StartsWith("NetTopologySuite", StringComparison.Ordinal) == true => "a spatial type",
            _ => "a type that backups have no form for",
        };
        return $"Property '{property}' has the column type '{storeType}', {why}, which is not supported. Give it a value converter "
            + "to text or to another type that is, or leave it out of the context that imports use.";
    }

    private static bool IsSpatial(string storeType) => Spatial.Contains(storeType.Trim().Split('(', ' ')[0], StringComparer.OrdinalIgnoreCase);

    internal static int? LongestText(Type clrType, int? maxLength) =>
        (Nullable.GetUnderlyingType(clrType) ?? clrType) == typeof(char) ? 1 : maxLength;
}
