using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Values;

/// <summary>Reads the elements of a list as fields of their type are read, and writes the list as its column keeps it.</summary>
internal sealed class ListElements : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly RelocationField _list;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly RowBatch _scratch;
    private FieldWriter? _writer;

    private ListElements(RelocationField list)
    {
        _list = list;
        _json = new Utf8JsonWriter(_buffer, Options);
        _scratch = new RowBatch([list.Element!], 1);
    }

    /// <summary>Reads a list; null when all is well, or what is wrong with an element.</summary>
    /// <param name="list">The list's field.</param>
    /// <param name="json">The list, which may be null's JSON.</param>
    /// <param name="batch">Takes the list in another form, where the column keeps it so.</param>
    /// <param name="cell">The list; another one where the column keeps it in another form.</param>
    internal static string? Read(RelocationField list, ReadOnlySpan<byte> json, RowBatch batch, ref Cell cell)
    {
        if (list.Element is not { ClrType: not null } element || json.IsEmpty || json[0] != '[')
        {
            return null;
        }

        if (IsKeptAsItStands(element))
        {
            return Check(list, element, json);
        }

        using var elements = new ListElements(list);
        if (elements.Write(element, json) is { } wrong)
        {
            return wrong;
        }

        elements._json.Flush();
        batch.HasLostDigits |= elements._scratch.HasLostDigits;
        cell = batch.Add(elements._buffer.WrittenSpan);
        return null;
    }

    public void Dispose()
    {
        _json.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Whether every database keeps such elements as JSON has them, so that it is enough to look at them.</summary>
    private static bool IsKeptAsItStands(RelocationField element) => element.Element is { } inner
        ? IsKeptAsItStands(inner)
        : element is { Type: FieldType.Text or FieldType.Integer or FieldType.Boolean, Convert: null };

    private static string? Check(RelocationField list, RelocationField element, ReadOnlySpan<byte> json)
    {
        string? wrong = null;
        var reader = new FieldReader(json);
        while (wrong is null && reader.ReadElement())
        {
            wrong = reader.Kind switch
            {
                JsonToken.Null => CheckNull(list, element),
                JsonToken.Array when element.Element is { } inner => Check(list, inner, reader.Value),
                JsonToken.String when element.Type == FieldType.Text => null,
                _ when element.Element is null && element.Type != FieldType.Text => ValueReader.Check(element, ref reader) is null ? null : ValueReader.Check(Named(list, element), ref reader),
                _ => ValueErrors.WrongElement(list, element),
            };
        }

        return wrong;
    }

    /// <summary>Null is no value of the types that are never null; what others hold is the application's own affair.</summary>
    private static string? CheckNull(RelocationField list, RelocationField element) =>
        element.IsNullable || element.ClrType is not { IsValueType: true } type || Nullable.GetUnderlyingType(type) is not null
            ? null
            : ValueErrors.WrongElement(list, element);

    /// <summary>An element as messages call it: by the list's name, since it has none of its own.</summary>
    private static RelocationField Named(RelocationField list, RelocationField element) =>
        element with { Name = list.Name, Column = list.Column, IsElement = true };

    private string? Write(RelocationField element, ReadOnlySpan<byte> json)
    {
        string? wrong = null;
        var reader = new FieldReader(json);
        _json.WriteStartArray();
        while (wrong is null && reader.ReadElement())
        {
            if (reader.Kind == JsonToken.Null)
            {
                wrong = CheckNull(_list, element);
                _json.WriteNullValue();
            }
            else if (element.Element is { } inner)
            {
                wrong = reader.Kind == JsonToken.Array ? Write(inner, reader.Value) : ValueErrors.WrongElement(_list, element);
            }
            else
            {
                wrong = ReadElement(element, ref reader);
                _scratch.Clear();
            }
        }

        _json.WriteEndArray();
        return wrong;
    }

    private string? ReadElement(RelocationField element, ref FieldReader value)
    {
        if (ValueReader.Read(element, ref value, _scratch, out var cell) is not null)
        {
            // Once more, for the message.
            return ValueReader.Read(Named(_list, element), ref value, _scratch, out _);
        }

        return TryWrite(element, cell) ? null : ValueErrors.WrongElement(_list, element);
    }

    /// <summary>SQLite keeps JSON as EF Core writes it; an array of the database takes the usual texts.</summary>
    private bool TryWrite(RelocationField element, in Cell cell)
    {
        var stored = PlainValue.Of(element, cell, _scratch)!;
        if (element is { IsSqlite: true, JsonForm: { } form })
        {
            try
            {
                _json.WriteRawValue(form.ToJsonString(ConvertedForm.ToApplication(element, stored)!), skipInputValidation: true);
                return true;
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException or InvalidCastException)
            {
                return false;
            }
        }

        switch (stored)
        {
            case TimeSpan span:
                _json.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case string text when element.Type == FieldType.Json:
                _json.WriteRawValue(Encoding.UTF8.GetBytes(text), skipInputValidation: true);
                break;
            default:
                // A list has elements of one type, however deep they are in it.
                _writer ??= new FieldWriter(StoredForm(element), isKey: true, MomentText.Exact);
                _writer.Write(_json, cell, _scratch);
                break;
        }

        return true;
    }

    /// <summary>The element without what the application makes of it.</summary>
    private static RelocationField StoredForm(RelocationField element) =>
        new() { Name = element.Name, Column = element.Column, StoreType = element.StoreType, Type = element.Type };
}
