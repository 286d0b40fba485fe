using System.Buffers.Binary;
using System.Buffers.Text;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>numeric, from decimal text such as <c>-12.50</c> or <c>1e5</c>: digits in groups of four.</summary>
internal sealed class NumericEncoder : ColumnEncoder
{
    private const int GroupDigits = 4;
    private const int HeaderLength = 8;
    private const int MostDigitsBeforePoint = 131_072;
    private const int MostDigitsAfterPoint = 16_383;
    private const short Negative = 0x4000;
    private const ushort NotANumber = 0xC000;

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        if (bytes.SequenceEqual("NaN"u8))
        {
            buffer.WriteInt32(HeaderLength);
            buffer.WriteInt32(0);
            buffer.WriteInt16(unchecked((short)NotANumber));
            buffer.WriteInt16(0);
            return;
        }

        var isNegative = bytes.Length > 0 && bytes[0] == (byte)'-';
        var number = isNegative || (bytes.Length > 0 && bytes[0] == (byte)'+') ? bytes[1..] : bytes;
        var mantissa = SplitExponent(number, out var exponent);
        var point = mantissa.IndexOf((byte)'.');
        var digits = point < 0 ? mantissa.Length : mantissa.Length - 1;
        var beforePoint = (point < 0 ? mantissa.Length : point) + exponent;
        if (digits == 0 || beforePoint > MostDigitsBeforePoint || digits - beforePoint > MostDigitsAfterPoint)
        {
            throw digits == 0 ? PostgreSqlErrors.NotA("number", "numeric") : PostgreSqlErrors.OutOfRange("numeric");
        }

        WriteGroups(buffer, mantissa, (int)beforePoint, Math.Max(0, digits - (int)beforePoint), isNegative);
    }

    private static ReadOnlySpan<byte> SplitExponent(ReadOnlySpan<byte> number, out long exponent)
    {
        exponent = 0;
        var at = number.IndexOfAny((byte)'e', (byte)'E');
        if (at < 0)
        {
            return number;
        }

        var text = number[(at + 1)..];
        if (text.Length > 1 && text[0] == (byte)'+' && text[1] != (byte)'-')
        {
            text = text[1..];
        }

        if (!Utf8Parser.TryParse(text, out int value, out var used) || used != text.Length)
        {
            throw PostgreSqlErrors.NotA("number", "numeric");
        }

        exponent = value;
        return number[..at];
    }

    /// <summary>Digit number i of the mantissa stands for 10 to the power of <paramref name="beforePoint"/> - 1 - i.</summary>
    private static void WriteGroups(CopyBuffer buffer, ReadOnlySpan<byte> mantissa, int beforePoint, int scale, bool isNegative)
    {
        var most = (mantissa.Length / GroupDigits) + 3;
        var room = buffer.Reserve(sizeof(int) + HeaderLength + (most * sizeof(short)));
        var groups = room[(sizeof(int) + HeaderLength)..];
        var count = 0;
        var weight = 0;
        var lastUsed = 0;
        var group = 0;
        var power = beforePoint - 1;
        var hasStarted = false;
        foreach (var character in mantissa)
        {
            if (character == (byte)'.')
            {
                continue;
            }

            var digit = character - '0';
            if ((uint)digit > 9)
            {
                throw PostgreSqlErrors.NotA("number", "numeric");
            }

            group = (group * 10) + digit;
            if (FloorModulo(power) == 0)
            {
                Keep(groups, ref group, ref count, ref lastUsed, ref hasStarted, ref weight, FloorDivide(power));
            }

            power--;
        }

        // The last group is filled up with zeros.
        for (; FloorModulo(power) != GroupDigits - 1; power--)
        {
            group *= 10;
            if (FloorModulo(power) == 0)
            {
                Keep(groups, ref group, ref count, ref lastUsed, ref hasStarted, ref weight, FloorDivide(power));
                break;
            }
        }

        var length = HeaderLength + (lastUsed * sizeof(short));
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        BinaryPrimitives.WriteInt16BigEndian(room[4..], (short)lastUsed);
        BinaryPrimitives.WriteInt16BigEndian(room[6..], (short)(lastUsed == 0 ? 0 : weight));
        BinaryPrimitives.WriteInt16BigEndian(room[8..], isNegative && lastUsed > 0 ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(room[10..], (short)scale);
        buffer.Advance(sizeof(int) + length);
    }

    /// <summary>Groups of zeros in front and at the end are left out.</summary>
    private static void Keep(
        Span<byte> groups, ref int group, ref int count, ref int lastUsed, ref bool hasStarted, ref int weight, int power)
    {
        if (!hasStarted)
        {
            if (group == 0)
            {
                return;
            }

            hasStarted = true;
            weight = power;
        }

        BinaryPrimitives.WriteInt16BigEndian(groups[(count * sizeof(short))..], (short)group);
        count++;
        lastUsed = group == 0 ? lastUsed : count;
        group = 0;
    }

    private static int FloorDivide(int value) => (value - FloorModulo(value)) / GroupDigits;

    private static int FloorModulo(int value) => ((value % GroupDigits) + GroupDigits) % GroupDigits;
}
