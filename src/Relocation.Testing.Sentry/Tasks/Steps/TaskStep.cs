namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>The work of one task.</summary>
/// <remarks>
/// An attempt may end anywhere, since its process may be killed: database writes belong in its outcome's effect, which is one transaction
/// with the end of the task, or the next attempt must find them again. Files are overwritten.
/// </remarks>
internal abstract class TaskStep
{
    internal abstract RelocationTaskName Name { get; }

    /// <summary>Makes one attempt. After an exception the task is repeated, or, if no attempts are left, the relocation fails.</summary>
    internal abstract Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken);
}
