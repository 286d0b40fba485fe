using System.Globalization;

namespace Relocation.Testing.Specification.Checking;

/// <summary>How much is tried of what is long by nature: all where <c>./test.sh --all</c> asks for it, else a sample that a seed draws.</summary>
/// <remarks>
/// <c>RELOCATION_ROUNDS</c> asks for all rounds of tests with random inputs, <c>RELOCATION_KILL_EVERYWHERE</c> for all kills. The seed is
/// <c>RELOCATION_TEST_SEED</c>, or the day's number, so that what is not drawn today is drawn on another day.
/// </remarks>
public static class Extent
{
    /// <summary>Whether processes are killed wherever they can be.</summary>
    public static bool IsKillEverywhere { get; } = IsSet("RELOCATION_KILL_EVERYWHERE");

    private static bool IsAllRounds { get; } = IsSet("RELOCATION_ROUNDS");

    private static int Seed { get; } = int.TryParse(
        Environment.GetEnvironmentVariable("RELOCATION_TEST_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
        ? seed
        : DateOnly.FromDateTime(DateTime.UtcNow).DayNumber;

    /// <summary>How many random inputs a test takes that is written for so many.</summary>
    public static int Rounds(int all) => IsAllRounds ? all : Math.Max(1, all / 4);

    /// <summary>What processes are killed with: all, or so many that are drawn, in their order.</summary>
    public static IReadOnlyList<T> ToKill<T>(IReadOnlyList<T> all, int sample)
    {
        var drawn = Enumerable.Range(0, all.Count).ToArray();
        new Random(Seed).Shuffle(drawn);
        return IsKillEverywhere ? all : [.. drawn.Take(sample).Order().Select(index => all[index])];
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
