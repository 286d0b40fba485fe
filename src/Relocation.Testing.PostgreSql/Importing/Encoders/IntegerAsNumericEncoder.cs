using System.Buffers.Text;

namespace Relocation.Testing.Importing.Encoders;

/// <summary>Whole numbers in a numeric column.</summary>
internal sealed class IntegerAsNumericEncoder : ColumnEncoder
{
    private const int LongestNumber = 20;

    private readonly NumericEncoder _numeric = new();

    internal override void Write(CopyBuffer buffer, long bits, ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(bits, text, out var length);
        _numeric.Write(buffer, 0, text[..length]);
    }
}
