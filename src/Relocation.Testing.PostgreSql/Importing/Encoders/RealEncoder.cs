using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>real and double precision.</summary>
internal sealed class RealEncoder(bool isSingle) : ColumnEncoder
{
    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        if (!isSingle)
        {
            buffer.WriteInt32(sizeof(double));
            buffer.WriteInt64(bits);
            return;
        }

        var value = BitConverter.Int64BitsToDouble(bits);
        var single = (float)value;
        if (float.IsInfinity(single) && !double.IsInfinity(value))
        {
            throw PostgreSqlErrors.OutOfRange("real");
        }

        buffer.WriteInt32(sizeof(float));
        buffer.WriteInt32(BitConverter.SingleToInt32Bits(single));
    }
}
