using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Sanitizing.Replacing;

/// <summary>Names of two words, no word longer than the name it stands for; different names stay different by a number behind them.</summary>
/// <remarks>Which words a name becomes follows from the name and the seed, and only where they are taken from what came before.</remarks>
internal sealed class PetNames(byte[] key)
{
    private const int Shortest = 3;
    private const int Longest = 8;

    private readonly Dictionary<ulong, long> _names = [];
    private readonly Dictionary<ulong, long> _folded = [];
    private readonly Dictionary<ulong, long> _slugs = [];
    private readonly HashSet<long> _taken = [];
    private readonly List<(byte First, byte Second)>[] _pools = MakePools();

    /// <summary>The new name of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="maxLength">The most characters that the new name may have; fewer than seven are not kept to.</param>
    internal string Map(string name, int maxLength)
    {
        var hash = TextHash.Of(name, fold: false);
        if (!_names.TryGetValue(hash, out var code))
        {
            code = Choose(name, maxLength);
            _names.Add(hash, code);
            _folded.TryAdd(TextHash.Of(name, fold: true), code);
            _slugs.TryAdd(TextHash.Of(SlugTable.Slugify(name), fold: false), code);
        }

        return Spell(code);
    }

    /// <summary>The new name of a name that was seen before, in this or another case.</summary>
    internal string? Find(ReadOnlySpan<char> name)
    {
        if (_names.TryGetValue(TextHash.Of(name, fold: false), out var code))
        {
            return Spell(code);
        }

        return _folded.TryGetValue(TextHash.Of(name, fold: true), out code) ? Spell(code) : null;
    }

    /// <summary>The new name of the name that was seen before and has this slug.</summary>
    internal string? FindBySlug(ReadOnlySpan<char> slug) => _slugs.TryGetValue(TextHash.Of(slug, fold: true), out var code) ? Spell(code) : null;

    /// <summary>Whether a text is a name, or a slug, as they are made here: nothing tells whether it was one before.</summary>
    internal static bool IsMade(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[4];
        var count = text.SplitAny(parts, " -", StringSplitOptions.RemoveEmptyEntries);
        return count is 2 or 3 && IsOf(Words.First, text[parts[0]]) && IsOf(Words.Second, text[parts[1]])
            && (count == 2 || !text[parts[2]].ContainsAnyExceptInRange('0', '9'));
    }

    private static bool IsOf(string[] words, ReadOnlySpan<char> word)
    {
        foreach (var known in words)
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private long Choose(string name, int maxLength)
    {
        var longest = Math.Clamp(Math.Min(name.Length, (maxLength - 1) / 2), Shortest, Longest);
        var pool = _pools[longest];
        var (first, second) = pool[(int)(Random(name) % (ulong)pool.Count)];
        var code = ((long)first << 8) | second;
        while (!_taken.Add(code))
        {
            code += 1L << 16;
        }

        return code;
    }

    private static string Spell(long code)
    {
        var name = $"{Words.First[(int)((code >> 8) & 0xFF)]} {Words.Second[(int)(code & 0xFF)]}";
        var number = code >> 16;
        return number == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {number + 1}");
    }

    private ulong Random(string name)
    {
        var input = new byte[key.Length + Encoding.UTF8.GetMaxByteCount(name.Length)];
        key.CopyTo(input, 0);
        var length = key.Length + Encoding.UTF8.GetBytes(name, input.AsSpan(key.Length));
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(input.AsSpan(0, length)));
    }

    /// <summary>By the length of the longer word, the pairs of words.</summary>
    private static List<(byte First, byte Second)>[] MakePools()
    {
        var pools = Enumerable.Range(0, Longest + 1).Select(_ => new List<(byte, byte)>()).ToArray();
        for (var first = 0; first < Words.First.Length; first++)
        {
            for (var second = 0; second < Words.Second.Length; second++)
            {
                pools[Math.Max(Words.First[first].Length, Words.Second[second].Length)].Add(((byte)first, (byte)second));
            }
        }

        return pools;
    }
}
