using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Values;

/// <summary>Turns one JSON value into a cell. Methods return null, or what is wrong with the value.</summary>
internal static partial class ValueReader
{
    /// <summary>The length of a date and time with seven digits of a second, and no offset.</summary>
    private const int LongestExactMoment = 27;

    private static readonly SearchValues<byte> WholeNumber = SearchValues.Create("-0123456789"u8);

    /// <summary>The powers of ten that a decimal of .NET holds.</summary>
    private static readonly decimal[] PowersOfTen = MakePowersOfTen();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static string? Read(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        if (field.IsAlwaysConverted)
        {
            return ReadConverted(field, ref value, batch, out cell);
        }

        if (field.Converted is { } form)
        {
            return ReadConverted(form, ref value, batch, out cell);
        }

        var wrong = ReadNative(field, ref value, batch, out cell);
        if (field.Convert is null || (wrong is not null && value.Kind == JsonToken.Number && FieldLimits.IsCast(field.Converter)))
        {
            return wrong;
        }

        // What stands for a value of the application's must be one.
        return (wrong is null && Takes(field, cell, batch)) || ReadConverted(field, ref value, batch, out cell) is null
            ? null
            : wrong ?? Wrong(field, ref value);
    }

    /// <summary>What is wrong with a whole number or a boolean, or null.</summary>
    internal static string? Check(RelocationField field, ref FieldReader value) =>
        field.Type == FieldType.Integer ? ReadInteger(field, ref value, out _)
        : value.Kind is JsonToken.True or JsonToken.False ? null
        : Wrong(field, ref value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
                return ReadDateTime(field, ref value, batch, out cell);
            case FieldType.Boolean:
                cell = Cell.Fixed(value.Kind == JsonToken.True ? 1 : 0);
                return value.Kind is JsonToken.True or JsonToken.False ? null : Wrong(field, ref value);
            case FieldType.Json:
                return ReadJson(field, ref value, batch, out cell);
            case FieldType.Array:
                return ReadArray(field, ref value, batch, out cell);
            case FieldType.Real:
                return ReadReal(field, ref value, out cell);
            case FieldType.Decimal:
                return ReadDecimal(field, ref value, batch, out cell);
            default:
                return ReadTyped(field, ref value, batch, out cell);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static string? ReadInteger(RelocationField field, ref FieldReader value, out Cell cell)
    {
        var takesText = field.Encoding == FieldEncoding.DecimalText && value.Kind == JsonToken.String;
        if ((value.Kind == JsonToken.Number || takesText)
            && Utf8Parser.TryParse(value.Value, out long number, out var used) && used == value.Value.Length)
        {
            cell = Cell.Fixed(number);
            return CheckInteger(field, number);
        }

        cell = default;
        return value.Kind == JsonToken.Number && IsWhole(value.Value) ? ReadLargeInteger(field, value.Value, out cell) : Wrong(field, ref value);
    }

    private static string? CheckInteger(RelocationField field, long number)
    {
        var limits = field.Limits;
        return number >= limits.Least && number <= limits.Most ? null : ValueErrors.OutOfRange(field);
    }

    private static bool IsWhole(ReadOnlySpan<byte> number) => !number.ContainsAnyExcept(WholeNumber);

    /// <summary>A whole number of more than 63 bits, which only those without a sign may have.</summary>
    private static string? ReadLargeInteger(RelocationField field, ReadOnlySpan<byte> text, out Cell cell)
    {
        var isRead = field.Limits.IsUnsigned & Utf8Parser.TryParse(text, out ulong number, out var used) && used == text.Length;
        cell = Cell.Fixed(unchecked((long)number));
        return isRead ? null : ValueErrors.OutOfRange(field);
    }

    private static string? ReadReal(RelocationField field, ref FieldReader value, out Cell cell)
    {
        cell = default;
        var isSingle = field.Limits.IsSingle;
        if (value.Kind == JsonToken.String && !value.ValueIsEscaped && NonFinite(value.Value) is { } special)
        {
            cell = Cell.Fixed(BitConverter.DoubleToInt64Bits(special));
            return CheckReal(field, special);
        }

        if (value.Kind != JsonToken.Number || !TryReadReal(value.Value, isSingle, out var number))
        {
            return Wrong(field, ref value);
        }

        cell = Cell.Fixed(BitConverter.DoubleToInt64Bits(number));
        return !double.IsFinite(number) || (number == 0 && HoldsDigit(value.Value)) ? ValueErrors.OutOfRange(field) : null;
    }

    /// <summary>The nearest number of eight or four bytes; infinite where the text is beyond them.</summary>
    private static bool TryReadReal(ReadOnlySpan<byte> text, bool isSingle, out double number)
    {
        int used;
        if (isSingle)
        {
            var isRead = Utf8Parser.TryParse(text, out float single, out used);
            number = single;
            return isRead && used == text.Length;
        }

        return Utf8Parser.TryParse(text, out number, out used) && used == text.Length;
    }

    /// <summary>Whether a number is not zero as it is written.</summary>
    private static bool HoldsDigit(ReadOnlySpan<byte> number)
    {
        var exponent = number.IndexOfAny((byte)'e', (byte)'E');
        return (exponent < 0 ? number : number[..exponent]).ContainsAnyInRange((byte)'1', (byte)'9');
    }

    /// <summary>What JSON has no number for, and backups have as text.</summary>
    internal static double? NonFinite(ReadOnlySpan<byte> text) => text switch
    {
        _ when text.SequenceEqual("NaN"u8) => double.NaN,
        _ when text.SequenceEqual("Infinity"u8) => double.PositiveInfinity,
        _ when text.SequenceEqual("-Infinity"u8) => double.NegativeInfinity,
        _ => null,
    };

    private static string? CheckReal(RelocationField field, double number)
    {
        var limits = field.Limits;
        return double.IsNaN(number) && !limits.HoldsNotANumber ? ValueErrors.NotANumber(field)
            : limits.IsSingle && double.IsFinite(number) && (!float.IsFinite((float)number) || ((float)number == 0 && number != 0)) ? ValueErrors.OutOfRange(field)
            : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static string? ReadDecimal(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        cell = default;
        if (value.Kind is not (JsonToken.String or JsonToken.Number))
        {
            return Wrong(field, ref value);
        }

        var text = value.Value;
        byte[]? buffer = null;
        if (value.ValueIsEscaped)
        {
            buffer = ArrayPool<byte>.Shared.Rent(text.Length);
            text = buffer.AsSpan(0, JsonText.Unescape(text, buffer));
        }

        string? wrong;
        if (ExactDecimal.TryParse(text, out var number))
        {
            cell = TextValue.AddDecimal(number, batch);
            wrong = CheckDecimal(field, number);
        }
        else
        {
            wrong = value.Kind == JsonToken.Number || decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? ValueErrors.TooPrecise(field)
                : Wrong(field, ref value);
        }

        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return wrong;
    }

    private static string? CheckDecimal(RelocationField field, decimal number)
    {
        var limits = field.Limits;
        if (limits.Precision is not { } precision)
        {
            return null;
        }

        // Without the zeros at its end, which say nothing.
        var shortest = number / 1.0000000000000000000000000000m;
        var whole = Math.Max(precision - limits.Scale, 0);
        return shortest.Scale > limits.Scale || (whole < PowersOfTen.Length && Math.Abs(Math.Truncate(number)) >= PowersOfTen[whole]) ? ValueErrors.TooPrecise(field)
            : limits.IsUnsignedDecimal && (number < 0 || number > ulong.MaxValue) ? ValueErrors.OutOfRange(field)
            : null;
    }

    private static decimal[] MakePowersOfTen()
    {
        var powers = new decimal[29];
        powers[0] = 1;
        for (var power = 1; power < powers.Length; power++)
        {
            powers[power] = powers[power - 1] * 10;
        }

        return powers;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
                return ValueErrors.HoldsNul(field);
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
        return characters > most ? ValueErrors.TooLong(field, characters) : null;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static string? ReadDateTime(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        cell = default;
        if (value.Kind != JsonToken.String || !TryReadDateTime(ref value, out var ticks, out var offset))
        {
            return Wrong(field, ref value);
        }

        cell = TextValue.MomentOf(field.Type, ticks, offset);
        if (cell.Bits < 0 || cell.Bits > DateTime.MaxValue.Ticks)
        {
            return Wrong(field, ref value);
        }

        batch.HasLostDigits |= value.Value.Length > LongestExactMoment && Iso8601.HasMoreThanTicks(value.Value);
        cell = Shortened(field, cell, batch);
        return null;
    }

    /// <summary>A moment, a time of day or a length of time with the digits that its column keeps.</summary>
    private static Cell Shortened(RelocationField field, in Cell cell, RowBatch batch)
    {
        var tick = field.Limits.Tick;
        if (tick == 1 || cell.Bits % tick == 0 || IsLast(field.Type, cell.Bits))
        {
            return cell;
        }

        batch.HasLostDigits = true;
        return Cell.Moment(cell.Bits - (cell.Bits % tick), cell.Offset);
    }

    /// <summary>The last moment of all stands for infinity where a database has one.</summary>
    private static bool IsLast(FieldType type, long bits) =>
        type is FieldType.Instant or FieldType.DateTime && bits == DateTime.MaxValue.Ticks;

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
        if (field.MayHoldJsonInText && value.Kind == JsonToken.String)
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
        if (value.Kind != JsonToken.String)
        {
            return Wrong(field, ref value);
        }

        bool isParsed;
        if (!value.ValueIsEscaped)
        {
            isParsed = TextValue.TryParse(field.Type, value.Value, batch, out cell);
        }
        else
        {
            var buffer = ArrayPool<byte>.Shared.Rent(value.Value.Length);
            isParsed = TextValue.TryParse(field.Type, buffer.AsSpan(0, JsonText.Unescape(value.Value, buffer)), batch, out cell);
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (isParsed && field.Type is FieldType.Time or FieldType.Duration)
        {
            batch.HasLostDigits |= Iso8601.HasMoreThanTicks(value.Value);
            cell = Shortened(field, cell, batch);
        }

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

    /// <summary>Reads what the application sees, or else what the column stores: backups hold one or the other.</summary>
    private static string? ReadConverted(ConvertedForm form, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        var field = form.Owner;
        if (value.Kind == JsonToken.String)
        {
            var wrong = ReadApplication(form, ref value, batch, out cell);
            return wrong is null || ReadStored(form, ref value, batch, out cell) is null ? null : wrong;
        }

        var asStored = ReadStored(form, ref value, batch, out cell);
        return asStored is null || ReadApplication(form, ref value, batch, out cell) is null ? null : asStored;
    }

    private static string? ReadApplication(ConvertedForm form, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        var field = form.Owner;
        if (ReadNative(form.Application, ref value, batch, out cell) is { } wrong)
        {
            return wrong;
        }

        try
        {
            var stored = form.ToStored(PlainValue.Of(form.Application, cell, batch)!, out var isExact);
            if (!isExact && form.Application.Type is not (FieldType.Instant or FieldType.DateTime or FieldType.Time or FieldType.Duration))
            {
                return ValueErrors.NotKeptByConverter(field);
            }

            batch.HasLostDigits |= !isExact;
            return FromObject(field, ValueConversion.Normalize(stored), batch, out cell);
        }
        catch (FormatException)
        {
            return Wrong(field, ref value);
        }
    }

    private static string? ReadStored(ConvertedForm form, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        var field = form.Owner;
        if (ReadNative(field, ref value, batch, out cell) is { } wrong)
        {
            return wrong;
        }

        try
        {
            // A text may say the same in other words; a number that the converter would not write says something else.
            var stored = PlainValue.Of(field, cell, batch);
            var normal = ValueConversion.Normalize(form.Normal(stored!));
            return (normal, stored) switch
            {
                (byte[] left, byte[] right) when left.AsSpan().SequenceEqual(right) => null,
                (string left, string right) when left.Equals(right, StringComparison.OrdinalIgnoreCase) => FromObject(field, normal, batch, out cell),
                _ => Equals(normal, stored) ? null : Wrong(field, ref value),
            };
        }
        catch (FormatException)
        {
            return Wrong(field, ref value);
        }
    }

    /// <summary>Whether the application can read what a column is to store. Numbers are not looked at: converters take them all.</summary>
    private static bool Takes(RelocationField field, in Cell cell, RowBatch batch) =>
        field.Converter is null || field.Type is FieldType.Integer or FieldType.Real or FieldType.Json or FieldType.Array
            || cell.IsNull || ConvertedForm.Takes(field.Converter, PlainValue.Of(field, cell, batch)!);

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
            DateTimeOffset time => Cell.Moment(time.UtcTicks, (int)time.Offset.TotalMinutes),
            DateOnly date => Cell.Fixed(date.DayNumber),
            TimeOnly time => Cell.Fixed(time.Ticks),
            TimeSpan span => Cell.Fixed(span.Ticks),
            _ => throw NoValue(field, value),
        };
        if (field.Limits.Tick > 1 && value is DateTime or DateTimeOffset or TimeOnly or TimeSpan)
        {
            cell = Shortened(field, cell, batch);
        }

        return CheckObject(field, value);
    }

    /// <summary>What is wrong with a value of the field's .NET type, or null.</summary>
    internal static string? CheckObject(RelocationField field, object? value)
    {
        switch (value)
        {
            case null:
                return field.IsNullable ? null : ValueErrors.NoNullAllowed(field);
            case string text:
                // A character has at least one code unit, so short texts need no counting.
                return field.MaxLength is { } most && text.Length > most && text.EnumerateRunes().Count() is var characters && characters > most
                    ? ValueErrors.TooLong(field, characters)
                    : null;
            case long number:
                return field.Limits.IsUnsigned ? null : CheckInteger(field, number);
            case double number:
                return CheckReal(field, number);
            case decimal number:
                return CheckDecimal(field, number);
            case bool or byte[] or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan:
                return null;
            default:
                throw NoValue(field, value);
        }
    }

    /// <summary>The cell of a value that the model itself gives, which therefore fits the field.</summary>
    internal static Cell MustBe(RelocationField field, object value, RowBatch batch) =>
        FromObject(field, value, batch, out var cell) is { } wrong
            ? throw new RelocationModelException(ValueErrors.DefaultDoesNotFit(field, wrong), [ValueErrors.DefaultDoesNotFit(field, wrong)])
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

    private static string Wrong(RelocationField field, ref FieldReader value) => ValueErrors.WrongType(field, Describe(value.Kind));

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
