using Relocation.Testing.Sentry.Events.Storing;
using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>One insert into the event stream.</summary>
internal sealed class StreamLogRow : BatchRow
{
    internal required EventJob Job { get; init; }

    /// <summary>What the stream is told beside the event, once all keys are known.</summary>
    internal DocumentRange State { get; set; }
}
