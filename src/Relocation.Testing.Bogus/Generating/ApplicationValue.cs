using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Generating;

/// <summary>Turns stored values into the application's, and back.</summary>
internal static class ApplicationValue
{
    /// <summary>The application's value for a stored one, or null when there is none.</summary>
    internal static object? Of(RelocationField field, object stored)
    {
        var type = Nullable.GetUnderlyingType(field.ClrType ?? typeof(object)) ?? field.ClrType ?? typeof(object);
        if (field.Converter is { } converter)
        {
            var provider = Nullable.GetUnderlyingType(converter.ProviderClrType) ?? converter.ProviderClrType;
            return converter.ConvertFromProvider(As(stored, provider));
        }

        return type.IsEnum ? Enum.ToObject(type, stored) : As(stored, type);
    }

    /// <summary>What a column stores for a value that is the application's, or already a stored one.</summary>
    internal static object? ToStored(RelocationField field, object? value)
    {
        if (value is not null && field.Converter is { } converter)
        {
            var model = Nullable.GetUnderlyingType(converter.ModelClrType) ?? converter.ModelClrType;
            value = model.IsInstanceOfType(value) ? converter.ConvertToProvider(value) : value;
        }

        return value is Enum member && field.Type == FieldType.Text ? member.ToString() : value;
    }

    /// <summary>Whether the application keeps any JSON in the field, which a converter may turn into text.</summary>
    internal static bool IsJson(RelocationField field) =>
        field is { Converter: not null, MaxLength: null, ClrType: { } type }
        && (typeof(JsonDocument).IsAssignableFrom(type) || typeof(JsonNode).IsAssignableFrom(type)
            || (Nullable.GetUnderlyingType(type) ?? type) == typeof(JsonElement));

    private static object As(object value, Type type) => (value, type) switch
    {
        _ when type.IsInstanceOfType(value) => value,
        (DateTime moment, _) when type == typeof(DateTimeOffset) => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
        (string text, _) when type == typeof(char) => text[0],
        (IConvertible, _) when typeof(IConvertible).IsAssignableFrom(type) => Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
        _ => value,
    };
}
