using System.Collections;
using System.Globalization;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Values;

/// <summary>Writes the stored values of one field as backups hold them: the inverse of <see cref="ValueReader"/>.</summary>
internal sealed class FieldWriter
{
    /// <summary>More than the longest text of a number with a fraction, in bytes.</summary>
    private const int LongestReal = 64;

    /// <summary>Names of enum members are few; more than these are combinations of flags, which need not be remembered.</summary>
    private const int MostNames = 256;

    private readonly RelocationField _field;
    private readonly MomentText _moments;
    private readonly ElementWriter? _elements;
    private readonly bool _isSingle;
    private readonly bool _isUnsigned;
    private readonly bool _isJson;
    private readonly bool _sortsMembers;
    private readonly Dictionary<object, JsonEncodedText?>? _names;
    private readonly ConvertedForm? _converted;
    private readonly FieldWriter? _application;
    private readonly RelocationField[]? _columns;

    /// <param name="field">The field.</param>
    /// <param name="isKey">Whether its values are keys or lead to some, so that none may lose a digit and none has another name.</param>
    /// <param name="moments">How moments are written.</param>
    internal FieldWriter(RelocationField field, bool isKey, MomentText moments)
    {
        _field = field;
        _moments = isKey ? MomentText.Exact : moments;
        var type = Nullable.GetUnderlyingType(field.ClrType ?? typeof(object)) ?? field.ClrType;
        _isSingle = field.Limits.IsSingle;
        _isUnsigned = field.Limits.IsUnsigned || field.Limits.IsUnsignedDecimal;
        _isJson = type is not null && (typeof(JsonDocument) == type || typeof(IDictionary).IsAssignableFrom(type));
        _names = field.NameOf is null || isKey ? null : [];
        if (!isKey && field.Converted is { IsWritten: true } converted)
        {
            _converted = converted;
            _application = new FieldWriter(converted.Application, isKey: false, moments);
            _columns = [converted.Application];
        }

        _elements = field is { Type: FieldType.Array, Element: { } element } ? new ElementWriter(element, moments) : null;

        // A class's JSON may be kept by a database that does not keep the order of members (jsonb).
        _sortsMembers = field.ClrType is not null;
    }

    internal void Write(Utf8JsonWriter writer, in Cell cell, RowBatch batch)
    {
        if (cell.IsNull)
        {
            writer.WriteNullValue();
        }
        else if (_names is null || !TryWriteName(writer, cell, batch))
        {
            try
            {
                if (_application is null)
                {
                    WriteStored(writer, cell, batch);
                }
                else
                {
                    WriteConverted(writer, cell, batch);
                }
            }
            catch (Exception exception) when (exception is FormatException or JsonException)
            {
                var why = exception is JsonException ? ValueErrors.NotJson() : exception.Message;
                throw new FormatException(ValueErrors.FieldUnwritable(_field, why), exception);
            }
        }
    }

    private void WriteStored(Utf8JsonWriter writer, in Cell cell, RowBatch batch)
    {
        switch (_field.Type)
        {
            case FieldType.Text:
                WriteText(writer, cell, batch);
                break;
            case FieldType.Integer:
                WriteInteger(writer, cell.Bits);
                break;
            case FieldType.Boolean:
                writer.WriteBooleanValue(cell.Bits != 0);
                break;
            case FieldType.Real:
                WriteReal(writer, BitConverter.Int64BitsToDouble(cell.Bits));
                break;
            case FieldType.Decimal when _isUnsigned && ulong.TryParse(DecimalText.Shortest(batch.BytesOf(cell)), CultureInfo.InvariantCulture, out var unsigned):
                writer.WriteNumberValue(unsigned);
                break;
            case FieldType.Decimal:
                writer.WriteStringValue(DecimalText.Shortest(batch.BytesOf(cell)));
                break;
            case FieldType.Bytes:
                writer.WriteBase64StringValue(batch.BytesOf(cell));
                break;
            case FieldType.Guid:
                writer.WriteStringValue(new Guid(batch.BytesOf(cell), bigEndian: true));
                break;
            case FieldType.Json:
                WriteJson(writer, cell, batch);
                break;
            case FieldType.Array:
                WriteArray(writer, cell, batch);
                break;
            default:
                _moments.Write(writer, _field.Type, cell);
                break;
        }
    }

    /// <summary>What the application sees, in its own form.</summary>
    private void WriteConverted(Utf8JsonWriter writer, in Cell cell, RowBatch batch)
    {
        object? value;
        try
        {
            value = _converted!.ToApplication(PlainValue.Of(_field, cell, batch)!);
        }
        catch (FormatException exception)
        {
            throw new FormatException(ValueErrors.NotConverted(), exception);
        }

        using var scratch = new RowBatch(_columns!, 1);
        _application!.Write(writer, CellOf(value, scratch), scratch);
    }

    private Cell CellOf(object? value, RowBatch scratch) =>
        ValueReader.FromObject(_converted!.Application, ValueConversion.Normalize(value), scratch, out var cell) is null || value is null
            ? cell
            : throw new FormatException(ValueErrors.NotConverted());

    private void WriteInteger(Utf8JsonWriter writer, long number)
    {
        if (_field.Encoding == FieldEncoding.DecimalText)
        {
            Span<byte> text = stackalloc byte[20];
            number.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
        else if (_isUnsigned)
        {
            writer.WriteNumberValue(unchecked((ulong)number));
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }

    private void WriteReal(Utf8JsonWriter writer, double number)
    {
        // JSON has no such numbers, so that they are texts.
        if (!double.IsFinite(number))
        {
            writer.WriteStringValue(double.IsNaN(number) ? "NaN"u8 : number > 0 ? "Infinity"u8 : "-Infinity"u8);
            return;
        }

        // Not every database keeps the sign of zero.
        number = number == 0 ? 0 : number;

        // Applications that tell floats from integers write whole ones as 100.0 (docs/sentry-import.md, section 1.2).
        Span<byte> text = stackalloc byte[LongestReal];
        if (_isSingle ? ((float)number).TryFormat(text, out var length, provider: CultureInfo.InvariantCulture)
            : number.TryFormat(text, out length, provider: CultureInfo.InvariantCulture))
        {
            if (!text[..length].ContainsAny((byte)'.', (byte)'E'))
            {
                ".0"u8.CopyTo(text[length..]);
                length += 2;
            }

            writer.WriteRawValue(text[..length], skipInputValidation: true);
        }
    }

    private void WriteText(Utf8JsonWriter writer, in Cell cell, RowBatch batch)
    {
        // Where an application keeps JSON as text, a text that is JSON's would be read as the text that it stands for.
        var text = batch.BytesOf(cell);
        if (_isJson && text.Length > 0 && text[0] != '"')
        {
            JsonCopy.Write(writer, batch.MemoryOf(cell), sortsMembers: true);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    private void WriteJson(Utf8JsonWriter writer, in Cell cell, RowBatch batch)
    {
        var json = batch.BytesOf(cell);
        var isInText = _field.Encoding == FieldEncoding.JsonText && json.Length > 0 && json[0] is (byte)'"' or (byte)'{' or (byte)'[';
        if (isInText)
        {
            writer.WriteStringValue(json);
        }
        else
        {
            JsonCopy.Write(writer, batch.MemoryOf(cell), _sortsMembers);
        }
    }

    private void WriteArray(Utf8JsonWriter writer, in Cell cell, RowBatch batch)
    {
        var json = batch.MemoryOf(cell);
        switch (_field.Encoding)
        {
            case FieldEncoding.PythonListText:
                using (var list = JsonDocument.Parse(json))
                {
                    writer.WriteStringValue(PythonLiteral.Of(list.RootElement, _field.Element));
                }

                break;
            case FieldEncoding.ListText:
                using (var list = JsonDocument.Parse(json))
                {
                    writer.WriteStringValue(SpacedJson.Of(list.RootElement));
                }

                break;
            case var _ when _elements is not null:
                using (var list = JsonDocument.Parse(json))
                {
                    _elements.WriteList(writer, list.RootElement);
                }

                break;
            default:
                JsonCopy.Write(writer, json, sortsMembers: false);
                break;
        }
    }

    private bool TryWriteName(Utf8JsonWriter writer, in Cell cell, RowBatch batch)
    {
        var stored = _field.Type == FieldType.Integer ? cell.Bits : PlainValue.Of(_field, cell, batch)!;
        if (!_names!.TryGetValue(stored, out var name))
        {
            name = _field.NameOf!(stored) is { } text ? JsonEncodedText.Encode(text, JsonCopy.Encoder) : null;
            if (_names.Count < MostNames)
            {
                _names.Add(stored, name);
            }
        }

        if (name is { } known)
        {
            writer.WriteStringValue(known);
        }

        return name is not null;
    }
}
