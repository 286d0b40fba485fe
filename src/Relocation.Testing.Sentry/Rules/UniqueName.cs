namespace Relocation.Testing.Sentry.Rules;

/// <summary>The values that a slug or username may take, in the order in which they are tried (docs/sentry-import.md, section 5.7.4).</summary>
/// <remarks>All candidates are known before the database is queried, so one query finds the taken ones for a whole chunk.</remarks>
internal sealed class UniqueName
{
    private const int RandomLength = 12;

    private static readonly (int Tries, int Length)[] Suffixes = [(1, 2), (5, 3), (20, 5), (1, 12)];

    private readonly SeededValues _seeded;
    private readonly ModelLabel _model;
    private readonly RecordKey _key;
    private readonly int _longest;
    private readonly bool _isUsable;

    /// <param name="seeded">The source of suffixes.</param>
    /// <param name="model">The record's model.</param>
    /// <param name="key">The record's key in the backup.</param>
    /// <param name="wanted">The name that the record has.</param>
    /// <param name="longest">The length of the column.</param>
    /// <param name="reserved">Names that nobody may have.</param>
    /// <param name="mayBeDigits">Whether a name may consist of digits only.</param>
    internal UniqueName(
        SeededValues seeded, ModelLabel model, RecordKey key, string wanted, int longest, IReadOnlySet<string> reserved, bool mayBeDigits)
    {
        _seeded = seeded;
        _model = model;
        _key = key;
        _longest = longest;
        var trimmed = wanted.Trim();
        Base = trimmed.Length == 0 || reserved.Contains(trimmed)
            ? seeded.Text(RandomLength, Alphabets.Hex, model, "name", key)
            : trimmed;
        _isUsable = mayBeDigits || Base.AsSpan().ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>The name without a suffix.</summary>
    internal string Base { get; }

    /// <summary>The base, if it is allowed, then the base with ever longer suffixes.</summary>
    internal IEnumerable<string> Candidates => _isUsable ? Suffixed().Prepend(Base) : Suffixed();

    /// <summary>The first candidate.</summary>
    internal string First => _isUsable ? Base : Suffixed().First();

    /// <summary>The first free candidate; if there is none, the last one, and the database decides.</summary>
    internal string Choose(Func<string, bool> isTaken) => _isUsable && !isTaken(Base)
        ? Base
        : Suffixed().FirstOrDefault(candidate => !isTaken(candidate)) ?? Suffixed().Last();

    private IEnumerable<string> Suffixed()
    {
        foreach (var (tries, length) in Suffixes)
        {
            for (var attempt = 0; attempt < tries; attempt++)
            {
                var suffix = _seeded.Text(length, Alphabets.LowerAndDigits, _model, $"suffix {length}", _key, attempt);
                yield return $"{Base[..Math.Min(Base.Length, _longest - length - 1)]}-{suffix}";
            }
        }
    }
}
