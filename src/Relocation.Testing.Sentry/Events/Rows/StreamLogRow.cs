using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>One insert into the event stream.</summary>
internal sealed class StreamLogRow : BatchRow
{
    internal required EventJob Job { get; init; }
}
