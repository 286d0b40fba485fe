using System.Buffers.Binary;
using System.Buffers.Text;
using Relocation.Testing.PostgreSql.Statements;

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
        var groups = new Groups(room[(sizeof(int) + HeaderLength)..], beforePoint - 1);
        foreach (var character in mantissa)
        {
            if (character != (byte)'.')
            {
                var digit = character - '0';
                groups.Add((uint)digit <= 9 ? digit : throw PostgreSqlErrors.NotA("number", "numeric"));
            }
        }

        groups.Fill();
        var length = HeaderLength + (groups.Count * sizeof(short));
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        BinaryPrimitives.WriteInt16BigEndian(room[4..], (short)groups.Count);
        BinaryPrimitives.WriteInt16BigEndian(room[6..], (short)groups.Weight);
        BinaryPrimitives.WriteInt16BigEndian(room[8..], isNegative && groups.Count > 0 ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(room[10..], (short)scale);
        buffer.Advance(sizeof(int) + length);
    }

    /// <summary>Gathers digits into numbers below 10,000; groups of zeros in front and at the end are left out.</summary>
    private ref struct Groups(Span<byte> room, int firstPower)
    {
        private readonly Span<byte> _room = room;
        private int _power = firstPower;
        private int _group;
        private int _written;

        /// <summary>How many groups there are, up to the last that is not zero.</summary>
        internal int Count { get; private set; }

        /// <summary>The power of 10,000 that the first group stands for.</summary>
        internal int Weight { get; private set; }

        internal void Add(int digit)
        {
            _group = (_group * 10) + digit;
            if (PlaceInGroup == 0)
            {
                Keep();
            }

            _power--;
        }

        /// <summary>Completes the last group with zeros.</summary>
        internal void Fill()
        {
            while (PlaceInGroup != GroupDigits - 1)
            {
                Add(0);
            }
        }

        private readonly int PlaceInGroup => ((_power % GroupDigits) + GroupDigits) % GroupDigits;

        private void Keep()
        {
            if (_group == 0 && _written == 0)
            {
                return;
            }

            if (_written == 0)
            {
                Weight = _power / GroupDigits;
            }

            BinaryPrimitives.WriteInt16BigEndian(_room[(_written * sizeof(short))..], (short)_group);
            _written++;
            Count = _group == 0 ? Count : _written;
            _group = 0;
        }
    }
}
