using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>smallint, integer and bigint.</summary>
internal sealed class IntegerEncoder(int size) : ColumnEncoder
{
    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        switch (size)
        {
            case sizeof(long):
                buffer.WriteInt32(sizeof(long));
                buffer.WriteInt64(bits);
                break;
            case sizeof(int):
                if (bits != (int)bits)
                {
                    throw PostgreSqlErrors.OutOfRange("integer");
                }

                buffer.WriteInt32(sizeof(int));
                buffer.WriteInt32((int)bits);
                break;
            default:
                if (bits != (short)bits)
                {
                    throw PostgreSqlErrors.OutOfRange("smallint");
                }

                buffer.WriteInt32(sizeof(short));
                buffer.WriteInt16((short)bits);
                break;
        }
    }
}
