using System.Globalization;

namespace Relocation.Testing.Specification.Chaos;

/// <summary>What became of a test, as its process writes it down: the test, when it began and had its database and ended, and how.</summary>
/// <param name="Test">Its number.</param>
/// <param name="Deed">What it did, or null for a good one.</param>
/// <param name="Leased">When it had its database, or null where it never had one.</param>
/// <param name="Ended">When it ended, in the machine's ticks.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Text">More about that.</param>
internal sealed record ChaosEntry(int Test, BadDeed? Deed, long? Leased, long Ended, ChaosOutcome Outcome, string Text)
{
    internal string Line => string.Join('\t', [
        Test.ToString(CultureInfo.InvariantCulture),
        Deed?.ToString() ?? "-",
        Leased?.ToString(CultureInfo.InvariantCulture) ?? "-",
        Ended.ToString(CultureInfo.InvariantCulture),
        Outcome.ToString(),
        Text.ReplaceLineEndings(" ").Replace('\t', ' '),
    ]);

    internal static ChaosEntry Parse(string line)
    {
        var parts = line.Split('\t');
        return new ChaosEntry(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            parts[1] == "-" ? null : Enum.Parse<BadDeed>(parts[1]),
            parts[2] == "-" ? null : long.Parse(parts[2], CultureInfo.InvariantCulture),
            long.Parse(parts[3], CultureInfo.InvariantCulture),
            Enum.Parse<ChaosOutcome>(parts[4]),
            parts[5]);
    }
}
