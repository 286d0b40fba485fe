namespace Relocation.Testing;

/// <summary>Kinds of invented events; see <c>docs/events.md</c>.</summary>
public enum SyntheticEventKind
{
    /// <summary>An error with exceptions, their frames, and what led to it.</summary>
    Error = 0,

    /// <summary>A transaction with its spans.</summary>
    Transaction = 1,

    /// <summary>A message with parameters.</summary>
    Message = 2,

    /// <summary>An event of no kind, with a title of its own; it belongs to no group.</summary>
    Generic = 3,
}
