using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>A task that does what a test says, and nothing by itself.</summary>
internal sealed class FakeStep(RelocationTaskName name, Func<TaskContext, TaskOutcome>? act = null) : TaskStep
{
    internal override RelocationTaskName Name => name;

    internal override Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) =>
        Task.FromResult(act?.Invoke(context) ?? TaskOutcome.Next());
}
