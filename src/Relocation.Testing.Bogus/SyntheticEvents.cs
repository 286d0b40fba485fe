using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Events;
using Relocation.Testing.Requests;

namespace Relocation.Testing;

/// <summary>Invented events as an application would send them: errors, transactions and messages that fall into groups.</summary>
/// <remarks>
/// Every value follows from the seed and the event's number alone, so more events leave the first ones as they were. Saving one finds nothing to mend
/// while its time is near (<see cref="SyntheticEventOptions.Until"/>), and the releases and environments that are given are valid ones.
/// </remarks>
public static class SyntheticEvents
{
    private const int FlushBytes = 128 * 1024;

    private static readonly JsonWriterOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes events, one when it is asked for.</summary>
    /// <param name="options">How many and from which seed, or null for the defaults.</param>
    /// <returns>The events, each of nobody yet, so that it may be changed.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves: all problems are listed.</exception>
    public static IEnumerable<JsonObject> Make(SyntheticEventOptions? options = null)
    {
        options ??= new SyntheticEventOptions();
        var maker = new EventMaker(Checked(options));
        return Enumerate(maker, options.Count);
    }

    /// <summary>Counts the events that options ask for by their kinds, without making them.</summary>
    /// <param name="options">How events are made.</param>
    /// <returns>How many events there are of each kind that has a share, in the order of the kinds.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves: all problems are listed.</exception>
    public static IReadOnlyDictionary<SyntheticEventKind, long> CountKinds(SyntheticEventOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var maker = new EventMaker(Checked(options));
        var counts = new SortedDictionary<SyntheticEventKind, long>();
        for (var number = 0L; number < options.Count; number++)
        {
            var kind = maker.KindOf(number);
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }

        return counts;
    }

    /// <summary>Writes events as UTF-8 JSON: an array, or one event a line.</summary>
    /// <param name="stream">Where they go; it stays open.</param>
    /// <param name="options">How many and from which seed, or null for the defaults.</param>
    /// <param name="asLines">Whether each event is a line of its own and nothing is around them. Default: they are an array, an event a line.</param>
    /// <param name="cancellationToken">Ends the writing early.</param>
    /// <exception cref="ArgumentException">The options contradict themselves: all problems are listed.</exception>
    public static async Task WriteAsync(
        Stream stream, SyntheticEventOptions? options = null, bool asLines = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new SyntheticEventOptions();
        var events = Make(options);
        using var text = new MemoryStream();
        using var writer = new Utf8JsonWriter(text, Json);
        var written = 0L;
        foreach (var made in events)
        {
            text.Write(asLines ? default : written == 0 ? "["u8 : ","u8);
            text.Write(asLines && written == 0 ? default : "\n"u8);
            made.WriteTo(writer);
            writer.Flush();
            writer.Reset();
            written++;
            if (text.Length >= FlushBytes)
            {
                await FlushAsync(text, stream, cancellationToken).ConfigureAwait(false);
                options.Progress?.Report(written);
            }
        }

        text.Write(asLines ? (written == 0 ? default : "\n"u8) : written == 0 ? "[]\n"u8 : "\n]\n"u8);
        await FlushAsync(text, stream, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        options.Progress?.Report(written);
    }

    private static IEnumerable<JsonObject> Enumerate(EventMaker maker, long count)
    {
        for (var number = 0L; number < count; number++)
        {
            yield return maker.Make(number);
        }
    }

    private static async Task FlushAsync(MemoryStream text, Stream stream, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await stream.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), cancellationToken).ConfigureAwait(false);
        text.SetLength(0);
    }

    private static SyntheticEventOptions Checked(SyntheticEventOptions options)
    {
        var problems = new List<string>();
        if (options.Count < 0)
        {
            problems.Add(Errors.WrongEventNumber(nameof(options.Count), "0 or more"));
        }

        if (options.Groups < 1)
        {
            problems.Add(Errors.WrongEventNumber(nameof(options.Groups), "1 or more"));
        }

        if (options.Span < TimeSpan.Zero || options.Until.UtcTicks - options.Span.Ticks < DateTimeOffset.UnixEpoch.UtcTicks)
        {
            problems.Add(Errors.WrongEventTimes());
        }

        if (options.Kinds.Any(kind => !Enum.IsDefined(kind.Key) || !(kind.Value >= 0) || double.IsInfinity(kind.Value)) || !(options.Kinds.Values.Sum() > 0))
        {
            problems.Add(Errors.WrongEventKinds());
        }

        if (Array.TrueForAll(global::Bogus.Database.GetAllLocales(), locale => locale != options.Locale))
        {
            problems.Add(Errors.UnknownEventLocale(options.Locale));
        }

        return problems.Count == 0 ? options : throw Errors.CannotMakeEvents(problems);
    }
}
