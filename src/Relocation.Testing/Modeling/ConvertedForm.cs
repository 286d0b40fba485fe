using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relocation.Testing.Modeling;

/// <summary>
/// A converted property of a type that backups have a form for: a backup holds what the application sees, whatever the column of one
/// database or another stores.
/// </summary>
internal sealed class ConvertedForm
{
    private readonly ValueConverter _converter;
    private readonly Type _provider;
    private readonly Type _application;

    private ConvertedForm(RelocationField owner, FieldType type, ValueConverter converter)
    {
        _converter = converter;
        _provider = FieldLimits.Plain(converter.ProviderClrType)!;
        _application = FieldLimits.Plain(converter.ModelClrType)!;
        Owner = owner;
        Application = new RelocationField
        {
            Name = owner.Name,
            Column = owner.Column,
            Type = type,
            StoreType = string.Empty,
            ClrType = _application,
            IsNullable = owner.IsNullable,
            Precision = owner.Precision,
            Scale = owner.Scale,
            IsSqlite = false,
        };
        IsWritten = type is not (FieldType.Integer or FieldType.Real) || owner.Type is not (FieldType.Integer or FieldType.Real);
    }

    /// <summary>The field that has the form; a copy of it has another.</summary>
    internal RelocationField Owner { get; }

    /// <summary>The field as it would be without a converter.</summary>
    internal RelocationField Application { get; }

    /// <summary>
    /// Whether exports write the application's value. Where both are plain numbers, nobody could tell which of them a backup holds, so that
    /// it is always the stored one.
    /// </summary>
    internal bool IsWritten { get; }

    /// <summary>The form, or null where the property has no converter, or one whose application's type has none.</summary>
    internal static ConvertedForm? Of(RelocationField field)
    {
        var model = FieldLimits.Plain(field.Converter?.ModelClrType);
        if (model is null || model.IsEnum || (FieldLimits.IsCast(field.Converter) && (field.Type == FieldType.Integer || field.Limits.IsUnsignedDecimal))
            || field.Type is FieldType.Json or FieldType.Array || model == FieldLimits.Plain(field.Converter!.ProviderClrType))
        {
            return null;
        }

        // Texts and bytes have no form that could be told from the text or the bytes that are stored.
        return PropertyType.Of(null, model) is { } type and not (FieldType.Text or FieldType.Bytes)
            ? new ConvertedForm(field, type, field.Converter)
            : null;
    }

    /// <summary>What the column stores.</summary>
    /// <param name="value">A value as cells of <see cref="Application"/> hold it.</param>
    /// <param name="isExact">Whether the application would read the same value again.</param>
    /// <exception cref="FormatException">The converter does not take the value.</exception>
    internal object? ToStored(object value, out bool isExact)
    {
        var given = As(value, _application);
        var stored = Try(_converter.ConvertToProvider, given);
        isExact = stored is not null && Equals(Try(_converter.ConvertFromProvider, As(stored, _provider)), given);
        return stored;
    }

    /// <summary>What the application reads.</summary>
    /// <param name="stored">A value as cells of the owner hold it.</param>
    /// <exception cref="FormatException">The converter does not take the value.</exception>
    internal object? ToApplication(object stored) => Try(_converter.ConvertFromProvider, As(stored, _provider));

    /// <summary>What the application reads of any field, in its own type.</summary>
    /// <exception cref="FormatException">The converter does not take the value.</exception>
    internal static object? ToApplication(RelocationField field, object stored) => field.Converter is { } converter
        ? Try(converter.ConvertFromProvider, As(stored, FieldLimits.Plain(converter.ProviderClrType)!))
        : As(stored, FieldLimits.Plain(field.ClrType) ?? stored.GetType());

    /// <summary>The stored value as the converter itself would write it.</summary>
    /// <exception cref="FormatException">The converter does not take the value.</exception>
    internal object? Normal(object stored) => Try(_converter.ConvertToProvider, ToApplication(stored));

    /// <summary>Whether a converter takes a stored value.</summary>
    internal static bool Takes(ValueConverter converter, object stored)
    {
        try
        {
            _ = Try(converter.ConvertFromProvider, As(stored, FieldLimits.Plain(converter.ProviderClrType)!));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Users' converters fail as they like.</summary>
    private static object? Try(Func<object?, object?> convert, object? value)
    {
        try
        {
            return convert(value);
        }
        catch (Exception exception) when (exception is not (FormatException or OutOfMemoryException))
        {
            throw new FormatException("The converter does not take the value.", exception);
        }
    }

    /// <summary>A value of one of the types that cells are made of, in the type that a converter takes.</summary>
    private static object As(object value, Type type) => (value, type) switch
    {
        _ when type.IsInstanceOfType(value) => value,
        (long bits, _) when type == typeof(ulong) => unchecked((ulong)bits),
        (string { Length: 1 } text, _) when type == typeof(char) => text[0],
        (DateTime moment, _) when type == typeof(DateTimeOffset) => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
        (DateTimeOffset moment, _) when type == typeof(DateTime) => moment.UtcDateTime,
        (IConvertible, _) when typeof(IConvertible).IsAssignableFrom(type) => Try(given => Convert.ChangeType(given, type, CultureInfo.InvariantCulture), value)!,
        _ => value,
    };
}
