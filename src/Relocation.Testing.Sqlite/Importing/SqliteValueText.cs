using System.Buffers.Text;
using System.Globalization;
using Relocation.Testing.Exporting;

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
                return DateDigits.WriteDate(DateOnly.FromDayNumber((int)bits), text);
            case FieldType.Time:
                return WriteClock(bits, text, alwaysSevenDigits: true);
            case FieldType.Duration:
                new TimeSpan(bits).TryFormat(text, out var length, "c", CultureInfo.InvariantCulture);
                return length;
            default:
                var at = DateDigits.WriteDate(DateOnly.FromDateTime(new DateTime(bits)), text);
                text[at++] = (byte)' ';
                at += WriteClock(bits % TimeSpan.TicksPerDay, text[at..], alwaysSevenDigits: false);
                if (type == FieldType.Instant)
                {
                    "+00:00"u8.CopyTo(text[at..]);
                    at += 6;
                }

                return at;
        }
    }

    private static int WriteClock(long ticks, Span<byte> text, bool alwaysSevenDigits)
    {
        var start = DateDigits.WriteClock(ticks, text);
        var fraction = (int)(ticks % TimeSpan.TicksPerSecond);
        if (fraction == 0)
        {
            return start;
        }

        text[start] = (byte)'.';
        DateDigits.Write(text, start + 1, 7, fraction);
        var end = start + 8;
        while (!alwaysSevenDigits && text[end - 1] == '0')
        {
            end--;
        }

        return end;
    }
}
