using System.Globalization;

namespace Relocation.Testing.Sentry;

/// <summary>Messages of events that are not saved.</summary>
internal static partial class Errors
{
    internal static EventRefusedException BeforeEpoch(string pointer) => new(
        $"The event begins before 1970 at '{pointer}', measured by its receipt. Correct the clock of who sent it.", pointer);

    internal static EventRefusedException TransactionLacks(string what, string pointer) => new(
        $"The transaction has no '{what}', or one that cannot be read. Every transaction has a start, and a trace with trace_id and span_id.", pointer);

    internal static EventRefusedException EndsBeforeStart(string what, string pointer) => new(
        $"The {what} ends before it starts at '{pointer}'. Correct its timestamps.", pointer);

    /// <param name="what">The span's missing member, or null where the span itself is missing.</param>
    /// <param name="index">The span.</param>
    internal static EventRefusedException SpanLacks(string? what, int index) => what is null
        ? new EventRefusedException(
            string.Create(CultureInfo.InvariantCulture, $"Element {index} of the transaction's spans is no span. Leave it out."),
            string.Create(CultureInfo.InvariantCulture, $"/spans/{index}"))
        : new EventRefusedException(
            string.Create(CultureInfo.InvariantCulture, $"Span {index} of the transaction has no '{what}'. Every span has start_timestamp, timestamp, trace_id and span_id."),
            string.Create(CultureInfo.InvariantCulture, $"/spans/{index}/{what}"));

    internal static EventRefusedException UnknownEventType(IEnumerable<string> known) => new(
        $"The event's 'type' is unknown. Use one of {string.Join(", ", known)}; or let the event be normalised, which finds its type.", "/type");

    internal static InvalidOperationException NoHash(int length) => new(
        length == 0
            ? "The grouping gave no hash, or an empty one. Give each event at least one hash."
            : string.Create(CultureInfo.InvariantCulture, $"The grouping gave a hash of {length} characters. Hashes have at most 32."));
}
