using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>Turns one element of a JSON list into the form of a <see cref="Cell"/> and hands it to its column's encoder.</summary>
internal sealed class ArrayElement(FieldType type, string typeName, ColumnEncoder encoder)
{
    private byte[] _scratch = new byte[256];

    internal bool IsJson => type == FieldType.Json;

    internal void Write(CopyBuffer buffer, ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        switch (type)
        {
            case FieldType.Integer:
                encoder.Write(buffer, Integer(ref reader), default);
                break;
            case FieldType.Boolean when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                encoder.Write(buffer, reader.TokenType == JsonTokenType.True ? 1 : 0, default);
                break;
            case FieldType.Real:
                encoder.Write(buffer, BitConverter.DoubleToInt64Bits(Real(ref reader)), default);
                break;
            case FieldType.Decimal or FieldType.Text:
                encoder.Write(buffer, 0, Text(ref reader));
                break;
            case FieldType.Bytes when reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes):
                encoder.Write(buffer, 0, bytes);
                break;
            case FieldType.Instant or FieldType.Date or FieldType.Time or FieldType.Duration:
                encoder.Write(buffer, Moment(ref reader), default);
                break;
            case FieldType.Json:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                encoder.Write(buffer, 0, json[start..(int)reader.BytesConsumed]);
                break;
            default:
                throw Refused();
        }
    }

    private long Integer(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var number) ? number : throw PostgreSqlErrors.OutOfRange(typeName);
        }

        var text = Text(ref reader);
        return Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length ? value : throw Refused();
    }

    private double Real(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetDouble(out var number) ? number : throw PostgreSqlErrors.OutOfRange(typeName);
        }

        return double.TryParse(Text(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Refused();
    }

    private long Moment(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = Encoding.UTF8.GetString(Text(ref reader));
            switch (type)
            {
                case FieldType.Instant when DateTimeOffset.TryParse(
                    text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant):
                    return instant.UtcTicks;
                case FieldType.Date when DateOnly.TryParseExact(
                    text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date):
                    return date.DayNumber;
                case FieldType.Time when TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time):
                    return time.Ticks;
                case FieldType.Duration when TryReadDuration(text, out var duration):
                    return duration.Ticks;
            }
        }

        throw Refused();
    }

    /// <summary>
    /// Reads .NET's form and Python's, which has a space after the days; a sign there is that of the days alone. Hours beyond a day, which the
    /// framework would take for days, are refused.
    /// </summary>
    private static bool TryReadDuration(string text, out TimeSpan duration)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);
        }

        duration = default;
        if (!int.TryParse(text.AsSpan(0, space), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) || Math.Abs((long)days) > TimeSpan.MaxValue.Days
            || !TimeSpan.TryParseExact(text.AsSpan(space + 1), "c", CultureInfo.InvariantCulture, out var time) || time < TimeSpan.Zero || time >= TimeSpan.FromDays(1))
        {
            return false;
        }

        duration = TimeSpan.FromDays(days - Math.Sign(days)) + time + TimeSpan.FromDays(Math.Sign(days));
        return true;
    }

    private ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            throw Refused();
        }

        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (_scratch.Length < reader.ValueSpan.Length)
        {
            _scratch = new byte[reader.ValueSpan.Length];
        }

        return _scratch.AsSpan(0, reader.CopyString(_scratch));
    }

    private FormatException Refused() => PostgreSqlErrors.ArrayElement(typeName);
}
