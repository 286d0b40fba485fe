using System.Buffers.Text;
using System.Globalization;
using Relocation.Testing.Engines;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Sqlite.Statements;

/// <summary>Writes values that SQLite stores as text in the form of Microsoft.Data.Sqlite.</summary>
internal static class SqliteValueText
{
    private const int LongestText = 48;

    /// <summary>Whether cells of this column have to be converted to text first.</summary>
    internal static bool IsNeededFor(RelocationField column) => column.Type switch
    {
        FieldType.Guid => !IsBlob(column),
        FieldType.Decimal => true,
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

        if (column.Type == FieldType.Decimal)
        {
            return OfDecimal(column, cell, batch);
        }

        var destination = batch.Reserve(LongestText, out var start);
        var written = Write(column.Type, cell, destination);
        batch.Commit(written);
        return Cell.Bytes(start, written);
    }

    /// <summary>
    /// One digit after the point at least and no zeros behind it, as the driver writes decimals. A column that makes numbers of texts gets
    /// whole ones without a point, since it would make floating-point numbers of the others.
    /// </summary>
    private static Cell OfDecimal(RelocationField column, in Cell cell, RowBatch batch)
    {
        var number = batch.BytesOf(cell);
        var point = number.IndexOf((byte)'.');
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? [] : number[(point + 1)..].TrimEnd((byte)'0');
        if (fraction.Length == 0 && column.Limits.KeepsWholeNumbers)
        {
            return Cell.Bytes(cell.Start, whole.Length);
        }

        if (fraction.Length > 0 || (point >= 0 && number.Length > point + 1))
        {
            return Cell.Bytes(cell.Start, whole.Length + 1 + Math.Max(fraction.Length, 1));
        }

        var length = whole.Length;
        var text = batch.Reserve(length + 2, out var start);
        batch.BytesOf(cell)[..length].CopyTo(text);
        ".0"u8.CopyTo(text[length..]);
        batch.Commit(length + 2);
        return Cell.Bytes(start, length + 2);
    }

    private static int Write(FieldType type, in Cell cell, Span<byte> text)
    {
        var bits = cell.Bits;
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
                bits += cell.Offset * TimeSpan.TicksPerMinute;
                var at = DateDigits.WriteDate(DateOnly.FromDateTime(new DateTime(bits)), text);
                text[at++] = (byte)' ';
                at += WriteClock(bits % TimeSpan.TicksPerDay, text[at..], alwaysSevenDigits: false);
                if (type == FieldType.Instant)
                {
                    at += DateDigits.WriteOffset(cell.Offset, text[at..]);
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
