using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Values;

/// <summary>Turns cells and keys into the .NET values that rules see, and back.</summary>
internal static class PlainValue
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static object? Of(RelocationField field, in Cell cell, RowBatch batch)
    {
        if (cell.IsNull)
        {
            return null;
        }

        return field.Type switch
        {
            FieldType.Integer => cell.Bits,
            FieldType.Boolean => cell.Bits != 0,
            FieldType.Real => BitConverter.Int64BitsToDouble(cell.Bits),
            FieldType.Decimal => decimal.Parse(batch.BytesOf(cell), NumberStyles.Float, CultureInfo.InvariantCulture),
            FieldType.Bytes => batch.BytesOf(cell).ToArray(),
            FieldType.Guid => new Guid(batch.BytesOf(cell), bigEndian: true),
            FieldType.DateTime => new DateTime(cell.Bits),
            FieldType.Instant => new DateTimeOffset(cell.Bits + (cell.Offset * TimeSpan.TicksPerMinute), TimeSpan.FromMinutes(cell.Offset)),
            FieldType.Date => DateOnly.FromDayNumber((int)cell.Bits),
            FieldType.Time => new TimeOnly(cell.Bits),
            FieldType.Duration => new TimeSpan(cell.Bits),
            _ => Encoding.UTF8.GetString(batch.BytesOf(cell)),
        };
    }

    internal static object Of(RecordKey part) => part.Kind switch
    {
        RecordKeyKind.Integer => part.AsInteger(),
        RecordKeyKind.Guid => part.AsGuid(),
        _ => part.AsText(),
    };

    /// <summary>The key that a value is, or null when values of its type are none.</summary>
    internal static RecordKey? KeyOf(object? value) => value switch
    {
        long number => RecordKey.From(number),
        Guid guid => RecordKey.From(guid),
        string text => RecordKey.From(text),
        _ => null,
    };

    /// <summary>The same value in the type that a field's values have.</summary>
    internal static object? Widened(object? value) => value switch
    {
        int number => (long)number,
        short number => (long)number,
        byte number => (long)number,
        float number => (double)number,
        Enum choice => System.Convert.ToInt64(choice, CultureInfo.InvariantCulture),
        _ => value,
    };
}
