using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Relocation.Testing.Engines;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Values;

/// <summary>Reads values that are text in JSON and something else in the database, without making strings of them.</summary>
internal static class TextValue
{
    private const int LongestDecimal = 64;
    private const int GuidBytes = 16;

    internal static bool TryParse(FieldType type, ReadOnlySpan<byte> text, RowBatch batch, out Cell cell)
    {
        cell = default;
        switch (type)
        {
            case FieldType.Decimal when ExactDecimal.TryParse(text, out var number):
                cell = AddDecimal(number, batch);
                return true;
            case FieldType.Guid when Utf8Parser.TryParse(text, out Guid guid, out var used) && used == text.Length:
                guid.TryWriteBytes(batch.Reserve(GuidBytes, out var start), bigEndian: true, out _);
                batch.Commit(GuidBytes);
                cell = Cell.Bytes(start, GuidBytes);
                return true;
            case FieldType.Date when Iso8601.TryReadDate(text, out var date):
                cell = Cell.Fixed(date.DayNumber);
                return true;
            case FieldType.Time when Iso8601.TryReadTime(text, out var ticks):
                cell = Cell.Fixed(ticks);
                return true;
            case FieldType.Instant or FieldType.DateTime when Iso8601.TryReadDateTime(text, out var ticks, out var offset):
                cell = MomentOf(type, ticks, offset);
                return cell.Bits >= 0 && cell.Bits <= DateTime.MaxValue.Ticks;
            case FieldType.Duration when DurationText.Parse(Encoding.UTF8.GetString(text)) is { } span:
                cell = Cell.Fixed(span.Ticks);
                return true;
            case FieldType.Bytes:
                var bytes = batch.Reserve(Base64.GetMaxDecodedFromUtf8Length(text.Length), out var at);
                if (Base64.DecodeFromUtf8(text, bytes, out _, out var written) != OperationStatus.Done)
                {
                    return false;
                }

                batch.Commit(written);
                cell = Cell.Bytes(at, written);
                return true;
            case FieldType.Text or FieldType.Json:
                cell = batch.Add(text);
                return true;
            case FieldType.Integer when Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length:
                cell = Cell.Fixed(number);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The cell of a moment; a moment without an offset is taken as UTC, and a date and time of no zone keeps none.</summary>
    internal static Cell MomentOf(FieldType type, long ticks, TimeSpan? offset)
    {
        var ahead = offset.GetValueOrDefault();
        return type == FieldType.Instant ? Cell.Moment(ticks - ahead.Ticks, (int)ahead.TotalMinutes) : Cell.Fixed(ticks - ahead.Ticks);
    }

    /// <summary>The number, with as many zeros at its end as it has.</summary>
    internal static Cell AddDecimal(decimal number, RowBatch batch)
    {
        // Zero has no sign in any database, and keeps its scale.
        number = number == 0 ? Math.Abs(number) : number;
        number.TryFormat(batch.Reserve(LongestDecimal, out var start), out var length, provider: CultureInfo.InvariantCulture);
        batch.Commit(length);
        return Cell.Bytes(start, length);
    }
}
