using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>
/// Reads values of converted properties that a backup writes as the application sees them (an enum by its name, a flag as true)
/// rather than as the column stores them.
/// </summary>
internal static class ValueConversion
{
    /// <summary>The conversion for a property, or null when its column stores what JSON shows.</summary>
    internal static Func<JsonElement, object?>? For(IReadOnlyProperty property)
    {
        if (property.FindRelationalTypeMapping()?.Converter is not { } converter)
        {
            return null;
        }

        var type = Nullable.GetUnderlyingType(converter.ModelClrType) ?? converter.ModelClrType;
        return json => Normalize(converter.ConvertToProvider(Read(json, type)));
    }

    private static object Read(JsonElement json, Type type)
    {
        try
        {
            if (type.IsEnum)
            {
                return json.ValueKind == JsonValueKind.String
                    ? Enum.Parse(type, json.GetString()!, ignoreCase: true)
                    : Enum.ToObject(type, json.GetInt64());
            }

            return json.Deserialize(type) ?? throw new FormatException("The value is null.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException
            or NotSupportedException or OverflowException)
        {
            throw new FormatException("The value is none of the property's type.", exception);
        }
    }

    /// <summary>Brings a stored value into one of the types that cells are made of.</summary>
    private static object? Normalize(object? value) => value switch
    {
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float number => (double)number,
        char letter => letter.ToString(),
        Enum => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => value,
    };
}
