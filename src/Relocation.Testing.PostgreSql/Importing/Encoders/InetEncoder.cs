using System.Buffers;
using System.Buffers.Text;
using System.Net;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>inet and cidr, from text such as <c>10.0.0.1</c> or <c>2001:db8::/32</c>.</summary>
internal sealed class InetEncoder(bool isNetwork) : ColumnEncoder
{
    private const byte FamilyV4 = 2;
    private const byte FamilyV6 = 3;
    private const int LengthV4 = 4;
    private const int LengthV6 = 16;
    private const int HeaderLength = 4;

    // IPAddress also reads scopes and ports, which no inet has.
    private static readonly SearchValues<byte> InV6 = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        var slash = bytes.IndexOf((byte)'/');
        var text = slash < 0 ? bytes : bytes[..slash];
        Span<byte> address = stackalloc byte[LengthV6];
        var length = text.Contains((byte)':') ? ReadV6(text, address) : ReadV4(text, address);
        var most = length * 8;
        var prefix = most;
        if (slash >= 0)
        {
            var rest = bytes[(slash + 1)..];
            if (!Utf8Parser.TryParse(rest, out prefix, out var used) || used != rest.Length || prefix < 0 || prefix > most)
            {
                throw PostgreSqlErrors.NotA("network address", TypeName);
            }
        }

        buffer.WriteInt32(HeaderLength + length);
        buffer.WriteByte(length == LengthV4 ? FamilyV4 : FamilyV6);
        buffer.WriteByte((byte)prefix);
        buffer.WriteByte(isNetwork ? (byte)1 : (byte)0);
        buffer.WriteByte((byte)length);
        buffer.Write(address[..length]);
    }

    private string TypeName => isNetwork ? "cidr" : "inet";

    // Not IPAddress: it reads a leading zero as octal and fills up missing parts.
    private int ReadV4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        for (var part = 0; part < LengthV4; part++)
        {
            if (text.IsEmpty || !char.IsAsciiDigit((char)text[0])
                || !Utf8Parser.TryParse(text, out address[part], out int used))
            {
                throw PostgreSqlErrors.NotA("network address", TypeName);
            }

            text = text[used..];
            if (part < LengthV4 - 1)
            {
                text = text.StartsWith("."u8) ? text[1..] : [];
            }
        }

        return text.IsEmpty ? LengthV4 : throw PostgreSqlErrors.NotA("network address", TypeName);
    }

    private int ReadV6(ReadOnlySpan<byte> text, Span<byte> address)
    {
        if (text.ContainsAnyExcept(InV6) || !IPAddress.TryParse(text, out var parsed)
            || !parsed.TryWriteBytes(address, out var written) || written != LengthV6)
        {
            throw PostgreSqlErrors.NotA("network address", TypeName);
        }

        return LengthV6;
    }
}
