using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Spans;

/// <summary>Hashes the spans of a transaction, so that equal ones are found (event specification, 7.1; addendum, E-47, E-48).</summary>
internal static class SpanGrouping
{
    /// <summary>The configuration that spans are grouped by.</summary>
    internal const string Configuration = "default:2022-10-27";

    /// <summary>Writes <c>hash</c> into the trace context and every span, and <c>span_grouping_config</c> into the payload.</summary>
    /// <param name="data">The payload of a transaction.</param>
    /// <returns>
    /// False when the transaction has no name, no trace context, or a span that is none: then no span has a hash, and the event is saved all the same.
    /// </returns>
    internal static bool Apply(JsonObject data) => throw new NotImplementedException();
}
