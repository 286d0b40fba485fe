using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>Decides whether a task starts (docs/sentry-import.md, section 10.3).</summary>
/// <param name="Kind">The decision.</param>
/// <param name="Row">The row to store; for a relocation that fails, unchanged.</param>
/// <param name="Reason">Why the relocation fails, or null when it does not.</param>
internal sealed record TaskStart(StartKind Kind, RelocationRow Row, FailureReason? Reason = null)
{
    internal static TaskStart Of(RelocationRow row, TaskDefinition task)
    {
        if (!row.IsActive)
        {
            return new TaskStart(StartKind.Ended, row);
        }

        if (task.Name < row.LatestTask)
        {
            return new TaskStart(StartKind.Redundant, row);
        }

        if (task.Name > row.LatestTask + 1)
        {
            return new TaskStart(StartKind.OutOfOrder, row, FailureReason.Of(task.Category));
        }

        var isSame = task.Name == row.LatestTask;
        if (isSame && row.LatestTaskAttempts >= task.MaxAttempts)
        {
            return new TaskStart(StartKind.Exhausted, row, FailureReason.Of(task.Category));
        }

        // A step is new when its first task starts, and only then: a mark for any step is seen.
        var isNewStep = row.Step + 1 == task.Step;
        var started = row with
        {
            LatestTask = task.Name,
            LatestTaskAttempts = isSame ? row.LatestTaskAttempts + 1 : 1,
            IsLatestTaskDone = false,
            Step = task.Step,
        };
        return isNewStep && row.CancelAt == task.Step ? Cancel(started)
            : row.Status == RelocationStatus.Pause || (isNewStep && row.PauseAt == task.Step)
                ? new TaskStart(StartKind.Paused, started with { Status = RelocationStatus.Pause, PauseAt = null })
                : new TaskStart(StartKind.Started, started);
    }

    private static TaskStart Cancel(RelocationRow started)
    {
        var reason = FailureReason.Of(FailureCategory.Cancelled);
        return new TaskStart(
            StartKind.Cancelled, started with { Status = RelocationStatus.Failure, FailureReason = reason.Text, PauseAt = null, CancelAt = null });
    }
}
