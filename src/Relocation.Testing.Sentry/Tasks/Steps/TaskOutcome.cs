namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>The outcome of an attempt.</summary>
internal sealed record TaskOutcome
{
    private TaskOutcome()
    {
    }

    internal required TaskOutcomeKind Kind { get; init; }

    /// <summary>What is written with the end of the task, in one transaction.</summary>
    internal TaskEffect? Effect { get; private init; }

    /// <summary>How long to wait before the next attempt.</summary>
    internal TimeSpan Delay { get; private init; }

    /// <summary>The task to go back to.</summary>
    internal RelocationTaskName Task { get; private init; }

    /// <summary>Why the relocation fails.</summary>
    internal FailureReason? Reason { get; private init; }

    /// <summary>The task is done.</summary>
    internal static TaskOutcome Next(TaskEffect? effect = null) => new() { Kind = TaskOutcomeKind.Next, Effect = effect };

    /// <summary>The task has to poll again later; that counts as an attempt.</summary>
    internal static TaskOutcome Again(TimeSpan delay, TaskEffect? effect = null) =>
        new() { Kind = TaskOutcomeKind.Again, Delay = delay, Effect = effect };

    /// <summary>An earlier task has to be repeated. Its attempts start at 1 again (docs/tasks.md, The validation).</summary>
    internal static TaskOutcome BackTo(RelocationTaskName task, TaskEffect? effect = null) =>
        new() { Kind = TaskOutcomeKind.BackTo, Task = task, Effect = effect };

    /// <summary>The relocation fails: another attempt would not help.</summary>
    internal static TaskOutcome Fail(FailureReason reason, TaskEffect? effect = null) =>
        new() { Kind = TaskOutcomeKind.Fail, Reason = reason, Effect = effect };
}
