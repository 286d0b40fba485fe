namespace Relocation.Testing.Importing.Encoders;

/// <summary>date: days since 2000-01-01, or infinity.</summary>
internal sealed class DateEncoder : ColumnEncoder
{
    private static readonly int Epoch = new DateOnly(2000, 1, 1).DayNumber;

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        buffer.WriteInt32(sizeof(int));
        buffer.WriteInt32(Infinity.IsFirst(bits) ? int.MinValue
            : Infinity.IsLast(bits, DateOnly.MaxValue.DayNumber) ? int.MaxValue
            : (int)bits - Epoch);
    }
}
