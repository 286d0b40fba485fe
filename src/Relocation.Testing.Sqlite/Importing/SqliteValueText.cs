using System.Buffers.Text;
using System.Globalization;

namespace Relocation.Testing.Importing;

/// <summary>Writes values that SQLite keeps as text in the form in which Microsoft.Data.Sqlite keeps them.</summary>
internal static class SqliteValueText
{
    private const int LongestText = 48;

    /// <summary>Whether cells of this column are values that have to become text first.</summary>
    internal static bool IsNeededFor(RelocationField column) => column.Type switch
    {
        FieldType.Guid => !IsBlob(column),
        FieldType.DateTime or FieldType.Instant or FieldType.Date or FieldType.Time or FieldType.Duration => true,
        _ => false,
    };

    internal static bool IsBlob(RelocationField column) => column.StoreType.Equals("BLOB", StringComparison.OrdinalIgnoreCase);

    internal static Cell Format(RelocationField column, in Cell cell, RowBatch batch)
    {
        if (column.Type == FieldType.Guid)
        {
            var guid = new Guid(batch.BytesOf(cell), bigEndian: true);
            var text = batch.Reserve(LongestText, out var at);
            Utf8Formatter.TryFormat(guid, text, out var length);
            for (var i = 0; i < length; i++)
            {
                text[i] = text[i] is >= (byte)'a' and <= (byte)'f' ? (byte)(text[i] - 32) : text[i];
            }

            batch.Commit(length);
            return Cell.Bytes(at, length);
        }

        var destination = batch.Reserve(LongestText, out var start);
        var written = Write(column.Type, cell.Bits, destination);
        batch.Commit(written);
        return Cell.Bytes(start, written);
    }

    private static int Write(FieldType type, long bits, Span<byte> text)
    {
        switch (type)
        {
            case FieldType.Date:
                return WriteDate(DateOnly.FromDayNumber((int)bits), text);
            case FieldType.Time:
                var time = new TimeOnly(bits);
                return WriteClock(bits, text, alwaysSevenDigits: bits % TimeSpan.TicksPerSecond != 0, time.Hour);
            case FieldType.Duration:
                new TimeSpan(bits).TryFormat(text, out var length, "c", CultureInfo.InvariantCulture);
                return length;
            default:
                var moment = new DateTime(bits);
                var at = WriteDate(DateOnly.FromDateTime(moment), text);
                text[at++] = (byte)' ';
                at += WriteClock(bits % TimeSpan.TicksPerDay, text[at..], alwaysSevenDigits: false, moment.Hour);
                if (type == FieldType.Instant)
                {
                    "+00:00"u8.CopyTo(text[at..]);
                    at += 6;
                }

                return at;
        }
    }

    private static int WriteDate(DateOnly date, Span<byte> text)
    {
        Digits(text, 0, 4, date.Year);
        text[4] = (byte)'-';
        Digits(text, 5, 2, date.Month);
        text[7] = (byte)'-';
        Digits(text, 8, 2, date.Day);
        return 10;
    }

    private static int WriteClock(long ticks, Span<byte> text, bool alwaysSevenDigits, int hour)
    {
        Digits(text, 0, 2, hour);
        text[2] = (byte)':';
        Digits(text, 3, 2, (int)(ticks / TimeSpan.TicksPerMinute % 60));
        text[5] = (byte)':';
        Digits(text, 6, 2, (int)(ticks / TimeSpan.TicksPerSecond % 60));
        var fraction = (int)(ticks % TimeSpan.TicksPerSecond);
        if (fraction == 0)
        {
            return 8;
        }

        text[8] = (byte)'.';
        Digits(text, 9, 7, fraction);
        var end = 16;
        while (!alwaysSevenDigits && text[end - 1] == '0')
        {
            end--;
        }

        return end;
    }

    private static void Digits(Span<byte> text, int start, int count, int value)
    {
        for (var at = start + count - 1; at >= start; at--)
        {
            text[at] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
