using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Turns one JSON value into a cell. Methods return null, or what is wrong with the value.</summary>
internal static partial class ValueReader
{
    internal static string? Read(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        if (field.IsAlwaysConverted)
        {
            return ReadConverted(field, ref value, batch, out cell);
        }

        var wrong = ReadNative(field, ref value, batch, out cell);
        if (wrong is null || field.Convert is null)
        {
            return wrong;
        }

        return ReadConverted(field, ref value, batch, out cell);
    }

    private static string? ReadNative(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        switch (field.Type)
        {
            case FieldType.Text:
                return ReadText(field, ref value, batch, out cell);
            case FieldType.Integer:
                return ReadInteger(field, ref value, out cell);
            case FieldType.Instant:
            case FieldType.DateTime:
                return ReadDateTime(field, ref value, out cell);
            case FieldType.Boolean:
                cell = Cell.Fixed(value.Kind == JsonToken.True ? 1 : 0);
                return value.Kind is JsonToken.True or JsonToken.False ? null : Wrong(field, ref value);
            case FieldType.Json:
                return ReadJson(field, ref value, batch, out cell);
            case FieldType.Array:
                return ReadArray(field, ref value, batch, out cell);
            case FieldType.Real:
                return ReadReal(field, ref value, out cell);
            default:
                return ReadTyped(field, ref value, batch, out cell);
        }
    }

    private static string? ReadInteger(RelocationField field, ref FieldReader value, out Cell cell)
    {
        var takesText = field.Encoding == FieldEncoding.DecimalText && value.Kind == JsonToken.String;
        if ((value.Kind == JsonToken.Number || takesText)
            && Utf8Parser.TryParse(value.Value, out long number, out var used) && used == value.Value.Length)
        {
            cell = Cell.Fixed(number);
            return null;
        }

        cell = default;
        return Wrong(field, ref value);
    }

    private static string? ReadReal(RelocationField field, ref FieldReader value, out Cell cell)
    {
        if (value.Kind == JsonToken.Number && Utf8Parser.TryParse(value.Value, out double number, out var used)
            && used == value.Value.Length && double.IsFinite(number))
        {
            cell = Cell.Fixed(BitConverter.DoubleToInt64Bits(number));
            return null;
        }

        cell = default;
        return Wrong(field, ref value);
    }

    private static string? ReadText(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        if (value.Kind != JsonToken.String)
        {
            cell = default;
            return Wrong(field, ref value);
        }

        if (!value.ValueIsEscaped)
        {
            cell = batch.Add(value.Value);
        }
        else
        {
            var length = JsonText.Unescape(value.Value, batch.Reserve(value.Value.Length, out var start));
            batch.Commit(length);
            cell = Cell.Bytes(start, length);
            if (batch.BytesOf(cell).Contains((byte)0))
            {
                return Errors.HoldsNul(field);
            }
        }

        // A character has at least one byte, so short texts need no counting.
        return field.MaxLength is { } most && cell.Length > most ? CheckLength(field, most, batch.BytesOf(cell)) : null;
    }

    /// <summary>Whether JSON text has the escape of U+0000; a backslash that is escaped itself starts none.</summary>
    private static bool HoldsEscapedNul(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0 && at + 1 < json.Length;)
        {
            json = json[at..];
            if (json.StartsWith("\\u0000"u8))
            {
                return true;
            }

            json = json[2..];
            at = json.IndexOf((byte)'\\');
        }

        return false;
    }

    private static string? CheckLength(RelocationField field, int most, ReadOnlySpan<byte> text)
    {
        var characters = Characters(text);
        return characters > most ? Errors.TooLong(field, characters) : null;
    }

    private static int Characters(ReadOnlySpan<byte> text)
    {
        // Continuation bytes start no character; databases count code points.
        var characters = 0;
        foreach (var letter in text)
        {
            characters += (letter & 0xC0) == 0x80 ? 0 : 1;
        }

        return characters;
    }

    private static string? ReadDateTime(RelocationField field, ref FieldReader value, out Cell cell)
    {
        cell = default;
        if (value.Kind != JsonToken.String || !TryReadDateTime(ref value, out var ticks, out var offset))
        {
            return Wrong(field, ref value);
        }

        ticks -= offset.GetValueOrDefault().Ticks;
        cell = Cell.Fixed(ticks);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? null : Wrong(field, ref value);
    }

    /// <summary>Some writers escape the plus sign of an offset.</summary>
    private static bool TryReadDateTime(ref FieldReader value, out long ticks, out TimeSpan? offset)
    {
        if (!value.ValueIsEscaped)
        {
            return Iso8601.TryReadDateTime(value.Value, out ticks, out offset);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(value.Value.Length);
        var isRead = Iso8601.TryReadDateTime(buffer.AsSpan(0, JsonText.Unescape(value.Value, buffer)), out ticks, out offset);
        ArrayPool<byte>.Shared.Return(buffer);
        return isRead;
    }

    private static string? ReadJson(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        if (field.Encoding == FieldEncoding.JsonText && value.Kind == JsonToken.String)
        {
            // Text that is JSON stands for that JSON; any other text stands for itself, as a JSON string.
            var raw = value.Value;
            var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
            var text = buffer.AsSpan(0, JsonText.Unescape(raw, buffer));
            var json = ListText.TryCompactJson(text);
            ArrayPool<byte>.Shared.Return(buffer);
            cell = json is not null ? batch.Add(json) : AddQuoted(raw, batch);
        }
        else if (value.Kind == JsonToken.String)
        {
            cell = AddQuoted(value.Value, batch);
        }
        else
        {
            var length = JsonText.Minify(value.Value, batch.Reserve(value.Value.Length, out var start));
            batch.Commit(length);
            cell = Cell.Bytes(start, length);
        }

        return CheckList(field, batch.BytesOf(cell));
    }

    private static Cell AddQuoted(ReadOnlySpan<byte> raw, RowBatch batch)
    {
        var quoted = batch.Reserve(raw.Length + 2, out var start);
        quoted[0] = (byte)'"';
        raw.CopyTo(quoted[1..]);
        quoted[^1] = (byte)'"';
        batch.Commit(raw.Length + 2);
        return Cell.Bytes(start, raw.Length + 2);
    }

    /// <summary>Reads the types that are strings in JSON and something else in the database.</summary>
    private static string? ReadTyped(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        cell = default;
        var isDecimalNumber = field.Type == FieldType.Decimal && value.Kind == JsonToken.Number;
        if (value.Kind != JsonToken.String && !isDecimalNumber)
        {
            return Wrong(field, ref value);
        }

        if (!value.ValueIsEscaped)
        {
            return TextValue.TryParse(field.Type, value.Value, batch, out cell) ? null : Wrong(field, ref value);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(value.Value.Length);
        var isParsed = TextValue.TryParse(field.Type, buffer.AsSpan(0, JsonText.Unescape(value.Value, buffer)), batch, out cell);
        ArrayPool<byte>.Shared.Return(buffer);
        return isParsed ? null : Wrong(field, ref value);
    }

    private static string? ReadConverted(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        cell = default;
        var json = value.Kind == JsonToken.String ? $"\"{Encoding.UTF8.GetString(value.Value)}\"" : Encoding.UTF8.GetString(value.Value);
        try
        {
            using var document = JsonDocument.Parse(json);
            return FromObject(field, field.Convert!(document.RootElement), batch, out cell);
        }
        catch (FormatException)
        {
            return Wrong(field, ref value);
        }
    }

    /// <summary>Makes a cell of a value of the field's .NET type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static string? FromObject(RelocationField field, object? value, RowBatch batch, out Cell cell)
    {
        cell = value switch
        {
            null => Cell.Null,
            long number => Cell.Fixed(number),
            bool flag => Cell.Fixed(flag ? 1 : 0),
            double number => Cell.Fixed(BitConverter.DoubleToInt64Bits(number)),
            decimal number => TextValue.AddDecimal(number, batch),
            string text => AddText(text, batch),
            byte[] bytes => batch.Add(bytes),
            Guid guid => batch.Add(guid.ToByteArray(bigEndian: true)),
            DateTime time => Cell.Fixed(time.Ticks),
            DateTimeOffset time => Cell.Fixed(time.UtcTicks),
            DateOnly date => Cell.Fixed(date.DayNumber),
            TimeOnly time => Cell.Fixed(time.Ticks),
            TimeSpan span => Cell.Fixed(span.Ticks),
            _ => throw NoValue(field, value),
        };
        return CheckObject(field, value);
    }

    /// <summary>What is wrong with a value of the field's .NET type, or null.</summary>
    internal static string? CheckObject(RelocationField field, object? value)
    {
        switch (value)
        {
            case null:
                return field.IsNullable ? null : Errors.NoNullAllowed(field);
            case string text:
                // A character has at least one code unit, so short texts need no counting.
                return field.MaxLength is { } most && text.Length > most && text.EnumerateRunes().Count() is var characters && characters > most
                    ? Errors.TooLong(field, characters)
                    : null;
            case long or bool or double or decimal or byte[] or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan:
                return null;
            default:
                throw NoValue(field, value);
        }
    }

    /// <summary>The cell of a value that the model itself gives, which therefore fits the field.</summary>
    internal static Cell MustBe(RelocationField field, object value, RowBatch batch) =>
        FromObject(field, value, batch, out var cell) is { } wrong
            ? throw new RelocationModelException(Errors.DefaultDoesNotFit(field, wrong), [Errors.DefaultDoesNotFit(field, wrong)])
            : cell;

    /// <summary>The cell of a value to compare with, which need not be allowed in the field.</summary>
    internal static Cell Any(RelocationField field, object value, RowBatch batch)
    {
        _ = FromObject(field, value, batch, out var cell);
        return cell;
    }

    /// <summary>A moment as the field holds moments.</summary>
    internal static object MomentOf(RelocationField field, DateTimeOffset moment) => field.Type switch
    {
        FieldType.Instant => moment,
        FieldType.DateTime => moment.UtcDateTime,
        FieldType.Date => DateOnly.FromDateTime(moment.UtcDateTime),
        FieldType.Time => TimeOnly.FromDateTime(moment.UtcDateTime),
        _ => moment.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>The cell of a constant default, which the model gives as JSON.</summary>
    internal static Cell Constant(RelocationField field, RowBatch batch)
    {
        var reader = new FieldReader(Encoding.UTF8.GetBytes($"{{\"default\":{field.Default!.Json}}}"));
        reader.Read();
        if (reader.Kind == JsonToken.Null && field.IsNullable)
        {
            return Cell.Null;
        }

        return Read(field, ref reader, batch, out var cell) is { } wrong
            ? throw new InvalidOperationException($"The default of field '{field.Name}' does not fit it: {wrong}")
            : cell;
    }

    /// <summary>The cell of a value that a backup gives as text; false when the text is none of the field's.</summary>
    internal static bool TryFromText(RelocationField field, string text, RowBatch batch, out Cell cell)
    {
        cell = default;
        return !text.Contains('\0', StringComparison.Ordinal) && TextValue.TryParse(field.Type, Encoding.UTF8.GetBytes(text), batch, out cell)
            && (field.Type != FieldType.Text || field.MaxLength is not { } most || CheckLength(field, most, batch.BytesOf(cell)) is null);
    }

    private static InvalidOperationException NoValue(RelocationField field, object value) =>
        new($"Field '{field.Name}' was converted to {value.GetType()}, which is not among the types that RelocationField.Convert may return.");

    private static Cell AddText(string text, RowBatch batch)
    {
        var length = Encoding.UTF8.GetBytes(text, batch.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length), out var start));
        batch.Commit(length);
        return Cell.Bytes(start, length);
    }

    private static string Wrong(RelocationField field, ref FieldReader value) => Errors.WrongType(field, Describe(value.Kind));

    private static string Describe(JsonToken kind) => kind switch
    {
        JsonToken.Null => "null",
        JsonToken.True or JsonToken.False => "a boolean",
        JsonToken.Number => "a number",
        JsonToken.String => "a string",
        JsonToken.Object => "an object",
        _ => "a list",
    };
}
