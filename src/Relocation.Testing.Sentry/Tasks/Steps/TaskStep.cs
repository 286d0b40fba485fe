namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>What one task does.</summary>
/// <remarks>
/// An attempt may end anywhere, as its process may be killed: what it writes to the database belongs into its outcome's effect, which is one
/// transaction with the task's end, or must be found again by the next attempt. Files are written over.
/// </remarks>
internal abstract class TaskStep
{
    internal abstract RelocationTaskName Name { get; }

    /// <summary>Makes one attempt. An exception leaves the task to the next attempt, or fails the relocation when there is none left.</summary>
    internal abstract Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken);
}
