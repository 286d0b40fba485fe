using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>Ends the relocation; only its state changes (docs/tasks.md, Steps and tasks).</summary>
internal sealed class CompletedStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.Completed;

    internal override Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(TaskOutcome.Next());
}
