namespace Relocation.Testing.Sanitizing;

/// <summary>Values that are too short to be looked for within longer text, and count only where they are all that stands there.</summary>
/// <remarks>Kept are hashes. Letters' case makes no difference.</remarks>
internal sealed class ShortValues(IReadOnlySet<string> vocabulary)
{
    private const int Shortest = 3;

    /// <summary>The length from which values are found otherwise.</summary>
    private const int TooLong = 6;

    private static readonly string[] Literals = ["true", "false", "null", "none", "yes"];

    private readonly Dictionary<ulong, ushort> _replaced = [];
    private readonly HashSet<ulong> _plain = [];
    private readonly HashSet<(ulong Value, ushort Source, int Rank)> _places = [];

    /// <summary>Remembers a value that a rule replaces.</summary>
    internal void Add(ReadOnlySpan<char> value, ushort source)
    {
        if (TryHash(value, out var hash))
        {
            _replaced.TryAdd(hash, source);
        }
    }

    /// <summary>Remembers a value that a rule replaces, and where.</summary>
    internal void AddAt(ReadOnlySpan<char> value, ushort source, int rank)
    {
        if (TryHash(value, out var hash))
        {
            _places.Add((hash, source, rank));
        }
    }

    /// <summary>Remembers a text that stands in the original where no rule replaces it: it tells nothing.</summary>
    internal void AddPlain(string text)
    {
        if (NestedJson.IsJson(text))
        {
            foreach (var (start, length) in NestedJson.StringsOf(text))
            {
                AddPlain(NestedJson.Decode(text.AsSpan(start, length)));
            }
        }
        else if (TryHash(text, out var hash))
        {
            _plain.Add(hash);
        }
    }

    /// <summary>Whether a text is a value that a rule replaces, and that stands nowhere else in the original.</summary>
    internal bool TryFind(ReadOnlySpan<char> text, out ushort source)
    {
        source = 0;
        return TryHash(text, out var hash) && _replaced.TryGetValue(hash, out source) && !_plain.Contains(hash);
    }

    /// <summary>Whether a text stands where it stood in the original.</summary>
    internal bool IsAt(ReadOnlySpan<char> text, ushort source, int rank) => TryHash(text, out var hash) && _places.Contains((hash, source, rank));

    /// <summary>Numbers, literals and names of fields tell nothing.</summary>
    private bool TryHash(ReadOnlySpan<char> text, out ulong hash)
    {
        hash = 0;
        text = text.Trim();
        if (text.Length is < Shortest or >= TooLong || !HasLetter(text))
        {
            return false;
        }

        var folded = text.ToString().ToLowerInvariant();
        hash = TextHash.Of(text, fold: true) ^ ((ulong)text.Length << 61);
        return !vocabulary.Contains(folded) && !Literals.Contains(folded);
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsLetter(character))
            {
                return true;
            }
        }

        return false;
    }
}
