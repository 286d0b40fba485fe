namespace Relocation.Testing;

/// <summary>An event cannot be saved as it is: it would be stored by nobody, repaired or not. Nothing of its call was stored.</summary>
/// <remarks>
/// Wrong values of single attributes are no reason: they are repaired, and the event's <c>errors</c> say so (docs/events.md, What is repaired). Refused
/// are events of unknown projects, events that begin before 1970, transactions without trace or times, events that were not normalised and do not
/// fit their columns, and what is no JSON although it is a tree of it: half of a character, a member that is there twice, a number that is none.
/// </remarks>
public sealed class EventRefusedException : RelocationException
{
    internal EventRefusedException(string message, string pointer, int index = -1)
        : base(message) => (Pointer, Index) = (pointer, index);

    /// <summary>Where in the event it is wrong, as a JSON pointer, for example <c>/spans/0/timestamp</c>; empty where the event as a whole is.</summary>
    public string Pointer { get; }

    /// <summary>Which event of the call it is, from 0; -1 where only one event is spoken of.</summary>
    public int Index { get; }
}
