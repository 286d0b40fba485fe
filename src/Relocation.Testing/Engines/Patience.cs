using System.Diagnostics;

namespace Relocation.Testing.Engines;

/// <summary>How long others are waited for, and who is told of it: one rule for locks, connections, builders of shared baselines and servers.</summary>
/// <param name="limit">How long at most.</param>
/// <param name="log">Takes a sentence for whoever watches; called from any thread.</param>
internal sealed class Patience(TimeSpan limit, Action<string> log)
{
    /// <summary>Who waits for less is not told.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(30);

    /// <summary>Timers know no longer time: 24 days.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>How long at most. Default of the options: five minutes.</summary>
    internal TimeSpan Limit { get; } = limit < Longest ? limit : Longest;

    /// <summary>The rule where nobody has chosen another one.</summary>
    internal static Patience Default { get; } = new(DefaultLimit, ToStandardError);

    /// <summary>Long enough for a baseline of a million records that another process makes.</summary>
    internal static TimeSpan DefaultLimit => TimeSpan.FromMinutes(5);

    internal static void ToStandardError(string line) => Console.Error.WriteLine(line);

    /// <summary>The rest, where some of it has passed.</summary>
    internal Patience Less(TimeSpan passed) => new(Limit > passed ? Limit - passed : TimeSpan.Zero, log);

    /// <summary>Tells whoever watches.</summary>
    internal void Say(string sentence) => log(sentence);

    /// <summary>Tries until an attempt gives something, and says after a second, and every half minute, what for.</summary>
    /// <param name="attempt">One attempt: null where others are still in the way.</param>
    /// <param name="whatFor">What is waited for, as sentences for the user.</param>
    /// <param name="end">What is thrown when the limit has passed: the time waited, and what for.</param>
    /// <param name="pause">The time between two attempts.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal async Task<T> AwaitAsync<T>(
        Func<CancellationToken, Task<T?>> attempt,
        Func<CancellationToken, Task<string>> whatFor,
        Func<TimeSpan, string, Exception> end,
        TimeSpan pause,
        CancellationToken cancellationToken)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        var next = Silence;
        while (true)
        {
            if (await attempt(cancellationToken).ConfigureAwait(false) is { } given)
            {
                return given;
            }

            var waited = Stopwatch.GetElapsedTime(started);
            if (waited >= Limit)
            {
                throw end(waited, await whatFor(cancellationToken).ConfigureAwait(false));
            }

            if (waited >= next)
            {
                next = waited + Repeat;
                Say(await whatFor(cancellationToken).ConfigureAwait(false));
            }

            // Nobody outside of this process tells us when it has ended.
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
