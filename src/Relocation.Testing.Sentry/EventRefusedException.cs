namespace Relocation.Testing;

/// <summary>An event cannot be saved, repaired or not. Nothing of its call was stored.</summary>
/// <remarks>
/// Wrong values of single attributes are not a reason: they are repaired, and the event's <c>errors</c> say so (docs/events.md, What is
/// repaired). Refused are events of unknown projects, events that begin before 1970, transactions without trace or times, events that were
/// not normalised and do not fit their columns, and values that JSON does not have: half a character, a duplicate member, NaN.
/// </remarks>
public sealed class EventRefusedException : RelocationException
{
    internal EventRefusedException(string message, string pointer, int index = -1)
        : base(message) => (Pointer, Index) = (pointer, index);

    /// <summary>The wrong place in the event, as a JSON pointer, for example <c>/spans/0/timestamp</c>; empty for the event as a whole.</summary>
    public string Pointer { get; }

    /// <summary>The event's index in the call, from 0; -1 if the call has only one event.</summary>
    public int Index { get; }
}
