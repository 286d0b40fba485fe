using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Values;

/// <summary>
/// Writes values so that one content has one form, however a backup writes it: members sorted, numbers by value, and, where the field is
/// known, dates as instants, enums by name, lists and JSON as themselves though they stand in text. Two values are the same when their forms are.
/// </summary>
internal static class CanonicalValue
{
    private const int DeepestText = 4;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Whether two values are the same.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another.</param>
    /// <param name="field">The field that both are of, or null when it is not known.</param>
    internal static bool AreEqual(JsonElement left, JsonElement right, RelocationField? field = null) =>
        JsonMarshal.GetRawUtf8Value(left).SequenceEqual(JsonMarshal.GetRawUtf8Value(right))
        || Form(writer => Write(writer, left, field)).Span.SequenceEqual(Form(writer => Write(writer, right, field)).Span);

    /// <summary>What is written, in UTF-8.</summary>
    internal static ReadOnlyMemory<byte> Form(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Plain))
        {
            write(writer);
        }

        return text.WrittenMemory;
    }

    /// <summary>Writes a value's form.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="value">The value.</param>
    /// <param name="field">The field that it is of, or null when it is not known.</param>
    internal static void Write(Utf8JsonWriter writer, JsonElement value, RelocationField? field)
    {
        if (field is null || value.ValueKind == JsonValueKind.Null)
        {
            WriteAny(writer, value);
        }
        else if (NameOf(field, value) is { } name)
        {
            writer.WriteStringValue(name);
        }
        else if (value.ValueKind == JsonValueKind.String)
        {
            WriteText(writer, value, field);
        }
        else if (value.ValueKind == JsonValueKind.Number && field.Type == FieldType.Real && value.TryGetDouble(out var real) && double.IsFinite(real))
        {
            WriteNumber(writer, Encoding.ASCII.GetBytes(real.ToString("R", CultureInfo.InvariantCulture)));
        }
        else
        {
            WriteNested(writer, value, field);
        }
    }

    /// <summary>Writes the form of a value of a field that is not known to be of one type: text that holds a list or JSON stands for that.</summary>
    internal static void WriteLenient(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            WriteAny(writer, value);
            return;
        }

        var text = value.GetString()!;
        if (Decoded(text, takesScalars: true) is { } json)
        {
            WriteAny(writer, json);
        }
        else if (Guid.TryParse(text, out var guid))
        {
            writer.WriteStringValue(guid);
        }
        else if (SpanOf(text) is { } span)
        {
            writer.WriteStringValue(Ticks(span.Ticks));
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, JsonElement value, RelocationField field)
    {
        var text = value.GetString()!;
        var isEncoded = field.Encoding != FieldEncoding.Native;
        switch (field.Type)
        {
            case FieldType.Integer or FieldType.Real or FieldType.Decimal when Encoding.UTF8.GetBytes(text) is var number && CanonicalNumber.IsNumber(number):
                WriteNumber(writer, number);
                break;
            case FieldType.Guid when Guid.TryParse(text, out var guid):
                writer.WriteStringValue(guid);
                break;
            case FieldType.Instant or FieldType.DateTime when InstantOf(text) is { } instant:
                writer.WriteStringValue(Ticks(instant));
                break;
            case FieldType.Date when Iso8601.TryReadDate(Encoding.UTF8.GetBytes(text), out var date):
                writer.WriteStringValue(Ticks(date.DayNumber * TimeSpan.TicksPerDay));
                break;
            case FieldType.Date when InstantOf(text) is { } instant:
                writer.WriteStringValue(Ticks(instant));
                break;
            case FieldType.Time when Iso8601.TryReadTime(Encoding.UTF8.GetBytes(text), out var time):
                writer.WriteStringValue(Ticks(time));
                break;
            case FieldType.Duration when DurationText.Parse(text) is { } duration:
                writer.WriteStringValue(Ticks(duration.Ticks));
                break;
            case FieldType.Json or FieldType.Array when Decoded(text, isEncoded || field.Type == FieldType.Array) is { } json:
                WriteNested(writer, json, field);
                break;
            case FieldType.Text when isEncoded && Decoded(text, takesScalars: true) is { } json:
                WriteNested(writer, json, field);
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }

    /// <summary>Writes an object or list whose members or items may have fields of their own.</summary>
    private static void WriteNested(Utf8JsonWriter writer, JsonElement value, RelocationField field)
    {
        if (value.ValueKind == JsonValueKind.Array && field.Element is { } element)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                Write(writer, item, element);
            }

            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.Object && field.Members.Count > 0)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, field.Members.FirstOrDefault(candidate => candidate.AllNames.Contains(member.Name)));
            }

            writer.WriteEndObject();
        }
        else
        {
            WriteAny(writer, value);
        }
    }

    private static void WriteAny(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    WriteAny(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteAny(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            case JsonValueKind.Number:
                WriteNumber(writer, JsonMarshal.GetRawUtf8Value(value));
                break;
            default:
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> number) =>
        writer.WriteRawValue(CanonicalNumber.Of(number), skipInputValidation: true);

    /// <summary>The name of an enum's value that is written by it or by what is stored; null when it is none of the field's.</summary>
    private static string? NameOf(RelocationField field, JsonElement value)
    {
        var type = Nullable.GetUnderlyingType(field.ClrType ?? typeof(object)) ?? field.ClrType;
        var isEnum = type?.IsEnum == true && field.Element is null;
        if (field is not { NameOf: not null, Convert: not null } && !isEnum)
        {
            return null;
        }

        try
        {
            return field is { NameOf: { } nameOf, Convert: { } convert }
                ? convert(value) is { } stored ? nameOf(stored) ?? Convert.ToString(stored, CultureInfo.InvariantCulture) : null
                : MemberOf(type!, value, field)?.ToString();
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException or OverflowException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The member of an enum within a list or JSON column, which knows no conversion of its own.</summary>
    private static object? MemberOf(Type type, JsonElement value, RelocationField field)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out var number) ? Enum.ToObject(type, number) : null;
        }

        // A database's own enum writes its labels with underscores.
        return value.ValueKind != JsonValueKind.String ? null
            : Enum.TryParse(type, value.GetString(), ignoreCase: true, out var member) ? member
            : field.Converter is { } converter && converter.ProviderClrType == typeof(string) ? converter.ConvertFromProvider(value.GetString())
            : Enum.TryParse(type, value.GetString()!.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true, out member) ? member : null;
    }

    /// <summary>The list or JSON that a text is written for, or null when it holds none.</summary>
    private static JsonElement? Decoded(string text, bool takesScalars)
    {
        JsonElement? found = null;
        for (var depth = 0; depth < DeepestText; depth++)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            if ((ListText.TryCompactJson(bytes) ?? ListText.ToJson(bytes)) is not { } json)
            {
                break;
            }

            found = JsonElement.Parse(json);
            if (found.Value.ValueKind != JsonValueKind.String)
            {
                break;
            }

            text = found.Value.GetString()!;
        }

        return takesScalars || found is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } ? found : null;
    }

    private static TimeSpan? SpanOf(string text) => DurationText.Parse(text);

    private static long? InstantOf(string text) => ComparedDates.Read(text);

    private static string Ticks(long ticks) => string.Create(CultureInfo.InvariantCulture, $"{ticks} ticks");
}
