namespace Relocation.Testing.Sanitizing.Replacing;

/// <summary>Hashes of text that tell those of its parts in constant time: a polynomial over the characters, modulo a prime.</summary>
/// <remarks>With 61 bits, a million values and a billion places of text, a false match is as likely as one in a thousand runs.</remarks>
internal static class TextHash
{
    private const ulong Prime = (1UL << 61) - 1;
    private const ulong Base = 0x0F3A_91C7_5D2B_8E65 % Prime;

    private static readonly ulong[] Powers = MakePowers(KnownValues.LongestPart + 1);

    /// <summary>The hash of a text; without regard to case when it is folded.</summary>
    internal static ulong Of(ReadOnlySpan<char> text, bool fold)
    {
        var hash = 0UL;
        foreach (var character in text)
        {
            hash = Step(hash, fold ? Fold(character) : character);
        }

        return hash;
    }

    /// <summary>The hashes of all starts of a text: one more than it has characters.</summary>
    internal static void Starts(ReadOnlySpan<char> text, Span<ulong> starts)
    {
        starts[0] = 0;
        for (var i = 0; i < text.Length; i++)
        {
            starts[i + 1] = Step(starts[i], Fold(text[i]));
        }
    }

    /// <summary>The hash of a part of at most <see cref="KnownValues.LongestPart"/> characters.</summary>
    internal static ulong OfPart(ReadOnlySpan<ulong> starts, int start, int length)
    {
        var head = Multiply(starts[start], Powers[length]);
        var whole = starts[start + length];
        return whole >= head ? whole - head : whole + Prime - head;
    }

    internal static char Fold(char character) => character is >= 'A' and <= 'Z'
        ? (char)(character | 0x20)
        : character < 0x80 ? character : char.ToLowerInvariant(character);

    private static ulong Step(ulong hash, char character)
    {
        var next = Multiply(hash, Base) + character + 1;
        return next >= Prime ? next - Prime : next;
    }

    private static ulong Multiply(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        var sum = (low & Prime) + ((low >> 61) | (high << 3));
        sum = (sum & Prime) + (sum >> 61);
        return sum >= Prime ? sum - Prime : sum;
    }

    private static ulong[] MakePowers(int count)
    {
        var powers = new ulong[count];
        powers[0] = 1;
        for (var i = 1; i < count; i++)
        {
            powers[i] = Multiply(powers[i - 1], Base);
        }

        return powers;
    }
}
