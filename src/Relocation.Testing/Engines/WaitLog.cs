using Microsoft.Extensions.Logging;

namespace Relocation.Testing.Engines;

/// <summary>What is logged of waiting for others.</summary>
internal static partial class WaitLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    private static partial void Waits(ILogger logger, string sentence);

    /// <summary>How long an import or export waits for others, and who hears of it: its log, and whoever watches the test database that it is of.</summary>
    /// <param name="given">How long its own options say; null where they say nothing.</param>
    /// <param name="option">The name of that option.</param>
    /// <param name="logger">The log.</param>
    /// <param name="outer">The rule of the test database, or null.</param>
    internal static Patience PatienceOf(TimeSpan? given, string option, ILogger logger, Patience? outer)
    {
        if (given < TimeSpan.Zero)
        {
            throw DatabaseErrors.NegativeWait(option);
        }

        return new Patience(given ?? outer?.Limit ?? Patience.DefaultLimit, sentence =>
        {
            Waits(logger, sentence);
            outer?.Say(sentence);
        });
    }
}
