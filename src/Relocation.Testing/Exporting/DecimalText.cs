namespace Relocation.Testing.Exporting;

/// <summary>Exact numbers in one form, no matter with how many zeros a database keeps them.</summary>
internal static class DecimalText
{
    /// <summary>The number without zeros at its end.</summary>
    internal static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> number)
    {
        if (number.Contains((byte)'.') && !number.ContainsAny((byte)'e', (byte)'E'))
        {
            number = number.TrimEnd((byte)'0');
            number = number[^1] == '.' ? number[..^1] : number;
        }

        return number.SequenceEqual("-0"u8) ? number[1..] : number;
    }
}
