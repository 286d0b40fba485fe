namespace Relocation.Testing;

/// <summary>How many invented events there are, of which kinds, and what they are made from.</summary>
public sealed record SyntheticEventOptions
{
    /// <summary>The same seed, with the same other options, gives the same events on any machine. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>How many events there are. More of them leave the first ones as they were. Default: 100.</summary>
    public long Count { get; init; } = 100;

    /// <summary>The shares of the kinds, relative to one another; a kind that is not named has none. Default: 6 errors to 2 transactions and 2 messages.</summary>
    public IReadOnlyDictionary<SyntheticEventKind, double> Kinds { get; init; } = new Dictionary<SyntheticEventKind, double>
    {
        [SyntheticEventKind.Error] = 6,
        [SyntheticEventKind.Transaction] = 2,
        [SyntheticEventKind.Message] = 2,
    };

    /// <summary>The ids of the projects that events belong to; without any, events name none. Default: none.</summary>
    public IReadOnlyList<long> Projects { get; init; } = [];

    /// <summary>The releases that events come from; without any, events name none. Default: three of a shop.</summary>
    public IReadOnlyList<string> Releases { get; init; } = ["shop@1.0.0", "shop@1.1.0", "shop@2.0.0-rc1+17"];

    /// <summary>The environments that events come from; without any, events name none. Default: production and staging.</summary>
    public IReadOnlyList<string> Environments { get; init; } = ["production", "staging"];

    /// <summary>How many different errors, transactions and messages there are of each kind; some come often, most seldom. Default: 12.</summary>
    public int Groups { get; init; } = 12;

    /// <summary>
    /// The moment that all events lie before. Saving moves events that are older than 30 days, or lie in the future, to the time at which they are
    /// saved, so let it be near the clock that they are saved by. Default: 1 January 2026, midnight in UTC.
    /// </summary>
    public DateTimeOffset Until { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long before <see cref="Until"/> events begin. Default: a day.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The language of people's names, one of Bogus's locales, for example <c>de</c>. Default: <c>en</c>.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>Is told from time to time how many events are written. Default: nobody is.</summary>
    public IProgress<long>? Progress { get; init; }
}
