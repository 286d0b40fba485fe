using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relocation.Testing.Modeling;

/// <summary>
/// Reads values of converted properties that a backup writes as the application sees them (an enum by its name, a flag as true)
/// rather than as the column stores them.
/// </summary>
internal static class ValueConversion
{
    /// <summary>The conversion for values of a type, or null when their column stores what JSON shows.</summary>
    internal static Func<JsonElement, object?>? For(RelationalTypeMapping? mapping, Type clrType)
    {
        if (mapping?.ElementTypeMapping is not null)
        {
            return null;
        }

        var type = Nullable.GetUnderlyingType(clrType) ?? clrType;
        if (mapping?.Converter is { } converter)
        {
            var model = Nullable.GetUnderlyingType(converter.ModelClrType) ?? converter.ModelClrType;
            return json => Normalize(converter.ConvertToProvider(Read(json, model)));
        }

        return type.IsEnum && mapping is not null ? ForDatabaseEnum(type, mapping) : null;
    }

    /// <summary>Whether a column takes values as they stand in JSON that the application could not read again.</summary>
    internal static bool IsAlwaysNeeded(Type clrType, FieldType field) => field == FieldType.Text && (Nullable.GetUnderlyingType(clrType) ?? clrType).IsEnum;

    /// <summary>What finds the name of a stored value of an enum, or null for values of other types.</summary>
    internal static Func<object, string?>? NamesFor(RelationalTypeMapping? mapping, Type clrType)
    {
        var type = Nullable.GetUnderlyingType(clrType) ?? clrType;
        if (!type.IsEnum || mapping is null)
        {
            return null;
        }

        if (mapping.Converter is { } converter)
        {
            return stored => NameOf(stored, converter);
        }

        var names = Enum.GetValues(type).Cast<object>().Distinct().ToDictionary(value => (object)LabelOf(value, mapping), value => value.ToString());
        return names.GetValueOrDefault;
    }

    /// <summary>The name of a stored value of an enum, or null where it is none of the enum's.</summary>
    internal static string? NameOf(object stored, ValueConverter converter)
    {
        var provider = Nullable.GetUnderlyingType(converter.ProviderClrType) ?? converter.ProviderClrType;
        try
        {
            var value = converter.ConvertFromProvider(
                stored is long bits && provider == typeof(ulong) ? unchecked((ulong)bits) : System.Convert.ChangeType(stored, provider, CultureInfo.InvariantCulture));
            return value?.ToString() is { Length: > 0 } name && !char.IsAsciiDigit(name[0]) && name[0] != '-' ? name : null;
        }
        catch (Exception exception) when (exception is InvalidCastException or FormatException or OverflowException
            or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>An enum of the database: its labels, under the names that the application has for them.</summary>
    private static Func<JsonElement, object?> ForDatabaseEnum(Type type, RelationalTypeMapping mapping)
    {
        var labels = Enum.GetValues(type).Cast<object>().Distinct().ToDictionary(value => value, value => LabelOf(value, mapping));
        return json =>
        {
            if (json.ValueKind == JsonValueKind.String && labels.ContainsValue(json.GetString()!))
            {
                return json.GetString();
            }

            return labels.GetValueOrDefault(Read(json, type)) ?? throw new FormatException("The value is none of the enum's.");
        };
    }

    /// <summary>The label in a literal such as <c>'in_stock'::shelf.state</c>.</summary>
    private static string LabelOf(object value, RelationalTypeMapping mapping)
    {
        var literal = mapping.GenerateSqlLiteral(value);
        var start = literal.IndexOf('\'', StringComparison.Ordinal) + 1;
        var end = literal.LastIndexOf('\'');
        return literal[start..end].Replace("''", "'", StringComparison.Ordinal);
    }

    private static object Read(JsonElement json, Type type)
    {
        try
        {
            if (type.IsEnum)
            {
                return json.ValueKind == JsonValueKind.String ? Enum.Parse(type, json.GetString()!, ignoreCase: true) : Member(json, type);
            }

            return json.Deserialize(type) ?? throw new FormatException("The value is null.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException
            or NotSupportedException or OverflowException)
        {
            throw new FormatException("The value is none of the property's type.", exception);
        }
    }

    /// <summary>The member of a number, which must be one of the enum's own type.</summary>
    private static object Member(JsonElement json, Type type)
    {
        var number = json.Deserialize(Enum.GetUnderlyingType(type));
        return Enum.ToObject(type, number!);
    }

    /// <summary>Brings a stored value into one of the types that cells are made of.</summary>
    internal static object? Normalize(object? value) => value switch
    {
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => unchecked((long)number),
        float number => (double)number,
        char letter => letter.ToString(),
        Enum => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => value,
    };
}
