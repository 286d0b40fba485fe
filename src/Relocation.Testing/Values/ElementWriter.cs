using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Relocation.Testing.Engines;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Values;

/// <summary>Writes the items of lists in one form, whether a database keeps them as an array of its own or as JSON.</summary>
internal sealed class ElementWriter
{
    private static readonly HashSet<Type> Plain =
    [
        typeof(string), typeof(char), typeof(bool), typeof(Guid), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly),
        typeof(TimeOnly), typeof(TimeSpan),
    ];

    private readonly RelocationField _element;
    private readonly MomentText _moments;
    private readonly ElementWriter? _inner;
    private readonly ValueConverter? _converter;
    private readonly RelocationField _stored;
    private FieldWriter? _plain;

    internal ElementWriter(RelocationField element, MomentText moments)
    {
        _element = element;
        _moments = moments;
        _inner = element.Element is { } inner ? new ElementWriter(inner, moments) : null;
        _stored = new RelocationField { Name = element.Name, Column = element.Column, StoreType = element.StoreType, Type = element.Type };

        // What is converted is written as the application sees it, where an import could take the stored form for that.
        var model = element.Converter is { } converter ? Nullable.GetUnderlyingType(converter.ModelClrType) ?? converter.ModelClrType : null;
        _converter = model is not null && (model.IsEnum || model.IsPrimitive || Plain.Contains(model)) ? element.Converter : null;
    }

    internal void WriteList(Utf8JsonWriter writer, JsonElement list)
    {
        writer.WriteStartArray();
        foreach (var item in list.EnumerateArray())
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, JsonElement item)
    {
        if (_element.NameOf is { } nameOf && Stored(item) is { } stored && nameOf(stored) is { } name)
        {
            writer.WriteStringValue(name);
            return;
        }

        if (item.ValueKind == JsonValueKind.Array && _inner is not null)
        {
            _inner.WriteList(writer, item);
        }
        else if (item.ValueKind == JsonValueKind.Null || !(_converter is null ? TryWriteStored(writer, item) : TryWriteConverted(writer, item)))
        {
            JsonCopy.Write(writer, item, sortsMembers: true);
        }
    }

    private static object? Stored(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Number when item.TryGetInt64(out var number) => number,
        JsonValueKind.Number when item.TryGetUInt64(out var number) => number,
        _ => null,
    };

    /// <summary>What a database's array and JSON may keep in different texts.</summary>
    private bool TryWriteStored(Utf8JsonWriter writer, JsonElement item)
    {
        var text = item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!,
            JsonValueKind.Number => item.GetRawText(),
            _ => null,
        };
        if (text is null || _element.Type is FieldType.Text or FieldType.Json or FieldType.Array or FieldType.Integer or FieldType.Boolean)
        {
            return false;
        }

        switch (_element.Type)
        {
            case FieldType.Real:
                return TryWriteReal(writer, text);
            case FieldType.Decimal:
                writer.WriteStringValue(DecimalText.Shortest(Encoding.UTF8.GetBytes(text)));
                return true;
            case FieldType.Bytes when text.StartsWith("\\x", StringComparison.Ordinal):
                writer.WriteBase64StringValue(Convert.FromHexString(text.AsSpan(2)));
                return true;
            case FieldType.Duration:
                WriteLength(writer, text);
                return true;
        }

        // As PostgreSQL has the last and the first moment of all.
        text = (text, _element.Type) switch
        {
            ("infinity", FieldType.Date) => "9999-12-31",
            ("-infinity", FieldType.Date) => "0001-01-01",
            ("infinity", _) => "9999-12-31T23:59:59.9999999",
            ("-infinity", _) => "0001-01-01T00:00:00",
            _ => text,
        };
        using var batch = new RowBatch([_stored], 1);
        if (!TextValue.TryParse(_element.Type, Encoding.UTF8.GetBytes(text), batch, out var cell))
        {
            return false;
        }

        _plain ??= new FieldWriter(_stored, isKey: false, _moments);
        _plain.Write(writer, cell, batch);
        return true;
    }

    private bool TryWriteReal(Utf8JsonWriter writer, string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return false;
        }

        if ((Nullable.GetUnderlyingType(_element.ClrType ?? typeof(object)) ?? _element.ClrType) == typeof(float))
        {
            writer.WriteNumberValue((float)number);
        }
        else
        {
            writer.WriteNumberValue(number);
        }

        return true;
    }

    /// <summary>Lists take lengths of time in .NET's form only.</summary>
    /// <exception cref="FormatException">It is none that .NET has.</exception>
    private static void WriteLength(Utf8JsonWriter writer, string text)
    {
        // The framework takes hours beyond a day for something else, so that the server's form comes first.
        if (!ServerInterval.TryParse(text, out var span) && !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span))
        {
            throw new FormatException(ValueErrors.NoTimeSpan());
        }

        writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
    }

    private bool TryWriteConverted(Utf8JsonWriter writer, JsonElement item)
    {
        var provider = Nullable.GetUnderlyingType(_converter!.ProviderClrType) ?? _converter.ProviderClrType;
        try
        {
            var stored = item.Deserialize(provider);
            var value = _converter.ConvertFromProvider(stored);
            if (value is null or Enum)
            {
                return false;
            }

            JsonSerializer.Serialize(writer, value, value.GetType());
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidCastException or FormatException or ArgumentException)
        {
            return false;
        }
    }
}
