using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relocation.Testing.Sources;

/// <summary>
/// The values of a field as whole numbers in a row, so that one way of choosing does for numbers, booleans, dates and times: an
/// amount is counted in its last digit, a moment in milliseconds, a date in days.
/// </summary>
internal abstract class NumberLine
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss.fff";

    /// <summary>The smallest number that the field's types hold.</summary>
    internal long Least { get; private init; } = long.MinValue;

    /// <summary>The largest number that the field's types hold.</summary>
    internal long Most { get; private init; } = long.MaxValue;

    /// <summary>Whether numbers are counted back from the end, as days are from the reference date.</summary>
    internal bool CountsBack { get; private init; }

    /// <summary>The numbers that are chosen where nothing else says so.</summary>
    internal required NumberRange Usual { get; init; }

    /// <summary>The line of a field, or null when its values are no such numbers.</summary>
    internal static NumberLine? Of(RelocationField field, DateOnly referenceDate)
    {
        var end = referenceDate.ToDateTime(TimeOnly.MinValue).Ticks;
        return field.Type switch
        {
            FieldType.Integer => new Whole
            {
                Usual = NumberRange.Of(field), Least = LimitsOf(field).Least, Most = LimitsOf(field).Most,
                IsText = field.Encoding == FieldEncoding.DecimalText,
            },
            FieldType.Boolean => new Flag { Usual = new NumberRange(0, 2), Least = 0, Most = 1 },
            FieldType.Real => new Hundredths { Usual = NumberRange.Of(field).Times(100) },
            FieldType.Decimal => Digits(DecimalShape.Of(field)),
            FieldType.DateTime => Moments(end, TimeSpan.TicksPerMillisecond, MomentFormat),
            FieldType.Instant => Moments(end, TimeSpan.TicksPerMillisecond, $"{MomentFormat}'Z'"),
            FieldType.Date => Moments(end, TimeSpan.TicksPerDay, "yyyy-MM-dd"),
            FieldType.Time => new Clock
            {
                Usual = new NumberRange(0, 86_400), Least = 0, Most = 86_399, Step = TimeSpan.TicksPerSecond, Format = "HH:mm:ss",
            },
            FieldType.Duration => new Span { Usual = new NumberRange(0, 90 * 86_400), Step = TimeSpan.TicksPerSecond },
            _ => null,
        };
    }

    /// <summary>Whether numbers of the two mean the same.</summary>
    internal virtual bool IsAlike(NumberLine other) => GetType() == other.GetType();

    /// <summary>Where a value of SQL lies, not always on a whole number; null when it is none of the field's.</summary>
    internal abstract decimal? Place(object value);

    /// <summary>Writes the value as a backup does.</summary>
    internal abstract void Write(Utf8JsonWriter writer, long units);

    /// <summary>The value as the column stores it.</summary>
    internal abstract object Stored(long units);

    private static Exact Digits(DecimalShape shape) => new()
    {
        Usual = new NumberRange(0, shape.UnitCount), Least = -shape.UnitLimit, Most = shape.UnitLimit, Scale = shape.Scale,
    };

    private static Moment Moments(long end, long step, string format)
    {
        const long DaysBack = 5 * 365;
        var first = (end - (DaysBack * TimeSpan.TicksPerDay)) / step;
        return new Moment
        {
            Usual = new NumberRange(first, (end / step) - first), Least = 0, Most = DateTime.MaxValue.Ticks / step, Step = step, Format = format,
            CountsBack = true,
        };
    }

    private static (long Least, long Most) LimitsOf(RelocationField field)
    {
        var type = Nullable.GetUnderlyingType(field.ClrType ?? typeof(long)) ?? field.ClrType ?? typeof(long);
        type = type.IsEnum ? Enum.GetUnderlyingType(type) : type;
        var (least, most) = LimitsOf(field.Converter?.ProviderClrType ?? type);
        if (field.Converter?.GetType() is { IsGenericType: true } converter && converter.GetGenericTypeDefinition() == typeof(CastingConverter<,>))
        {
            // A number of a small type is stored in a larger one.
            var own = LimitsOf(type);
            (least, most) = (Math.Max(least, own.Least), Math.Min(most, own.Most));
        }

        return field.StoreType.Trim().ToLowerInvariant() switch
        {
            "smallint" or "int2" or "smallserial" => (Math.Max(least, short.MinValue), Math.Min(most, short.MaxValue)),
            "integer" or "int" or "int4" or "serial" => (Math.Max(least, int.MinValue), Math.Min(most, int.MaxValue)),
            _ => (least, most),
        };
    }

    private static (long Least, long Most) LimitsOf(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Byte => (byte.MinValue, byte.MaxValue),
        TypeCode.SByte => (sbyte.MinValue, sbyte.MaxValue),
        TypeCode.Int16 => (short.MinValue, short.MaxValue),
        TypeCode.UInt16 => (ushort.MinValue, ushort.MaxValue),
        TypeCode.Int32 => (int.MinValue, int.MaxValue),
        TypeCode.UInt32 => (uint.MinValue, uint.MaxValue),
        TypeCode.UInt64 => (0, long.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    private sealed class Whole : NumberLine
    {
        internal required bool IsText { get; init; }

        internal override decimal? Place(object value) => value switch
        {
            decimal number => number,
            string text when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
            bool flag => flag ? 1 : 0,
            _ => null,
        };

        internal override object Stored(long units) => units;

        internal override void Write(Utf8JsonWriter writer, long units)
        {
            if (IsText)
            {
                writer.WriteStringValue(units.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                writer.WriteNumberValue(units);
            }
        }
    }

    private sealed class Flag : NumberLine
    {
        internal override decimal? Place(object value) => value switch
        {
            bool flag => flag ? 1 : 0,
            decimal number => number,
            "t" or "true" or "1" => 1,
            "f" or "false" or "0" => 0,
            _ => null,
        };

        internal override object Stored(long units) => units != 0;

        internal override void Write(Utf8JsonWriter writer, long units) => writer.WriteBooleanValue(units != 0);
    }

    private sealed class Hundredths : NumberLine
    {
        internal override decimal? Place(object value) => value is decimal number ? number * 100 : null;

        internal override object Stored(long units) => units / 100.0;

        internal override void Write(Utf8JsonWriter writer, long units) => writer.WriteNumberValue(units / 100.0);
    }

    private sealed class Exact : NumberLine
    {
        internal required byte Scale { get; init; }

        internal override bool IsAlike(NumberLine other) => other is Exact exact && exact.Scale == Scale;

        internal override decimal? Place(object value) => value is decimal number && Math.Abs(number) < 1e10m ? number / new decimal(1, 0, 0, false, Scale) : null;

        internal override object Stored(long units) => Amount(units);

        internal override void Write(Utf8JsonWriter writer, long units) => writer.WriteNumberValue(Amount(units));

        private decimal Amount(long units)
        {
            var size = (ulong)Math.Abs(units);
            return new decimal((int)size, (int)(size >> 32), 0, units < 0, Scale);
        }
    }

    private sealed class Moment : NumberLine
    {
        internal required long Step { get; init; }

        internal required string Format { get; init; }

        internal override bool IsAlike(NumberLine other) => other is Moment moment && moment.Step == Step;

        internal override decimal? Place(object value) =>
            value is string text && DateTime.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
                ? (decimal)moment.Ticks / Step
                : null;

        internal override object Stored(long units) => Format.Length > 10 ? new DateTime(units * Step, KindOf()) : DateOnly.FromDateTime(new DateTime(units * Step));

        internal override void Write(Utf8JsonWriter writer, long units)
        {
            Span<char> text = stackalloc char[32];
            new DateTime(units * Step).TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }

        private DateTimeKind KindOf() => Format[^2] == 'Z' ? DateTimeKind.Utc : DateTimeKind.Unspecified;
    }

    private sealed class Clock : NumberLine
    {
        internal required long Step { get; init; }

        internal required string Format { get; init; }

        internal override decimal? Place(object value) =>
            value is string text && TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? (decimal)time.Ticks / Step : null;

        internal override object Stored(long units) => new TimeOnly(units * Step);

        internal override void Write(Utf8JsonWriter writer, long units) =>
            writer.WriteStringValue(new TimeOnly(units * Step).ToString(Format, CultureInfo.InvariantCulture));
    }

    private sealed class Span : NumberLine
    {
        internal required long Step { get; init; }

        internal override decimal? Place(object value) =>
            value is string text && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? (decimal)span.Ticks / Step : null;

        internal override object Stored(long units) => new TimeSpan(units * Step);

        internal override void Write(Utf8JsonWriter writer, long units) =>
            writer.WriteStringValue(new TimeSpan(units * Step).ToString("c", CultureInfo.InvariantCulture));
    }
}
