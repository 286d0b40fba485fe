using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>Makes a relocation fail, once.</summary>
internal static class TaskFailure
{
    /// <summary>
    /// Marks a row as failed, writes the message to its owner, and undoes what an unfinished import has committed. The row is read from the
    /// database, not from memory: a relocation that has already failed stays as it is (docs/tasks.md, What fails, and when).
    /// </summary>
    /// <returns>The row, which the caller stores.</returns>
    internal static async Task<RelocationRow> ApplyAsync(
        TaskSql sql, RelocationTaskOptions options, TaskSteps steps, RelocationRow row, FailureReason reason, CancellationToken cancellationToken)
    {
        if (!row.IsActive)
        {
            return row;
        }

        if (row is { LatestTask: RelocationTaskName.Importing, IsLatestTaskDone: false })
        {
            await steps.Undo(sql, options, row, cancellationToken).ConfigureAwait(false);
        }

        TaskLog.Failed(options.Logger, row.Uuid, row.LatestTask, reason.Text);
        return await MessageRows.TellOwnerAsync(
            sql,
            row with { Status = RelocationStatus.Failure, FailureReason = reason.Text },
            RelocationMessageKind.Failed,
            new JsonObject { ["reason"] = reason.Text }.ToJsonString(),
            options.Clock.GetUtcNow(),
            cancellationToken).ConfigureAwait(false);
    }
}
