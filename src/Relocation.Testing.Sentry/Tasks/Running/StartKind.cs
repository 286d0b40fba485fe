namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>The outcome of a request to start a task.</summary>
internal enum StartKind
{
    /// <summary>The relocation has ended: nothing is written.</summary>
    Ended,

    /// <summary>The task is already done: nothing is written.</summary>
    Redundant,

    /// <summary>It is started.</summary>
    Started,

    /// <summary>The relocation pauses, or stays paused.</summary>
    Paused,

    /// <summary>The relocation is cancelled.</summary>
    Cancelled,

    /// <summary>Tasks before it are missing: the relocation fails.</summary>
    OutOfOrder,

    /// <summary>Its attempts are used up: the relocation fails.</summary>
    Exhausted,
}
