using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relocation.Testing.Keys;

/// <summary>Turns keys as the application holds them into those of records, and back.</summary>
/// <param name="entity">The model.</param>
/// <param name="type">EF Core's entity, or null where there is none: then values are long, Guid and string.</param>
/// <param name="types">The labels of the types that are meant, where the model is a hierarchy and not all of it is; null for all.</param>
internal sealed class KeyConversion(RelocationEntity entity, IReadOnlyEntityType? type, IReadOnlyList<ModelLabel>? types)
{
    private readonly IReadOnlyList<IReadOnlyProperty>? _properties = type?.FindPrimaryKey()?.Properties;

    internal RelocationEntity Entity => entity;

    /// <summary>What messages call it: the only type that is meant, or the model.</summary>
    internal ModelLabel Label => types is [var only] ? only : entity.Label;

    /// <summary>Whether a record of the type of that number is meant; one whose type nobody knows is.</summary>
    internal bool Means(byte? number) => types is null || number is not { } known || types.Contains(entity.Types[known].Label);

    /// <exception cref="ArgumentException">The values are no key of the model.</exception>
    internal RecordKey ToRecordKey(object?[] values)
    {
        var parts = values switch
        {
            [RecordKey key] => [.. key.Parts.Select(part => (object?)part)],
            [EntityKey key] => [.. key.Values],
            [ITuple tuple] => [.. Enumerable.Range(0, tuple.Length).Select(part => tuple[part])],
            _ => values,
        };
        if (parts.Length != entity.Key.Fields.Count)
        {
            throw KeyErrors.WrongKeyParts(entity, parts.Length);
        }

        var keys = parts.Select(ToPart).ToArray();
        return keys is [var only] ? only : RecordKey.From(keys);
    }

    internal EntityKey ToEntityKey(RecordKey key) => new([.. key.Parts.Select(ToValue)]);

    /// <summary>The key that an entity object holds.</summary>
    /// <exception cref="ArgumentException">It is kept in a shadow property.</exception>
    internal RecordKey KeyOf(object instance) => ToRecordKey(
        [.. _properties!.Select(property => property is IPropertyBase { PropertyInfo: not null } or IPropertyBase { FieldInfo: not null }
            ? ((IPropertyBase)property).GetGetter().GetClrValue(instance)
            : throw KeyErrors.KeyInShadow(entity, property.Name))]);

    private RecordKey ToPart(object? value, int part)
    {
        var kind = entity.Key.PartKind(part);
        var converter = ConverterOf(part);
        if (converter is not null && value is not null && converter.ModelClrType.IsInstanceOfType(value))
        {
            value = converter.ConvertToProvider(value);
        }

        RecordKey? key = value switch
        {
            RecordKey given => given,
            Guid guid => RecordKey.From(guid),
            string text when kind == RecordKeyKind.Guid && Guid.TryParse(text, out var guid) => RecordKey.From(guid),
            string text => RecordKey.From(text),
            sbyte or byte or short or ushort or int or uint or long => RecordKey.From(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            null => null,
            _ => RecordKey.From(JsonSerializer.Serialize(value).Trim('"')),
        };
        return key is { } found && found.Kind == kind ? found : throw KeyErrors.WrongKeyKind(entity, part, value?.GetType());
    }

    private object ToValue(RecordKey key, int part)
    {
        object value = key.Kind switch
        {
            RecordKeyKind.Integer => key.AsInteger(),
            RecordKeyKind.Guid => key.AsGuid(),
            _ => key.AsText(),
        };
        if (_properties is null)
        {
            return value;
        }

        var converter = ConverterOf(part);
        var stored = Nullable.GetUnderlyingType(converter?.ProviderClrType ?? _properties[part].ClrType)
            ?? converter?.ProviderClrType ?? _properties[part].ClrType;
        if (!stored.IsInstanceOfType(value))
        {
            value = value is string text
                ? JsonSerializer.Deserialize(JsonSerializer.Serialize(text), stored)!
                : Convert.ChangeType(value, stored, CultureInfo.InvariantCulture);
        }

        return converter is null ? value : converter.ConvertFromProvider(value)!;
    }

    private ValueConverter? ConverterOf(int part) => _properties?[part].FindRelationalTypeMapping()?.Converter;
}
