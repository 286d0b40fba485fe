namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>What becomes of the wish to start a task.</summary>
internal enum StartKind
{
    /// <summary>The relocation has ended: nothing is written.</summary>
    Ended,

    /// <summary>The task is over already: nothing is written.</summary>
    Redundant,

    /// <summary>It is started.</summary>
    Started,

    /// <summary>The relocation pauses, or stays paused.</summary>
    Paused,

    /// <summary>The relocation is cancelled.</summary>
    Cancelled,

    /// <summary>Tasks before it are missing: the relocation fails.</summary>
    OutOfOrder,

    /// <summary>It was started as often as it may be: the relocation fails.</summary>
    Exhausted,
}
