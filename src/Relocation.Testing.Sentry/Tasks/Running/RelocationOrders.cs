using System.Data.Common;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Sentry.Tasks.Storage;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>Commands of administrators: each changes a relocation's row under a lock (docs/tasks.md, States).</summary>
internal sealed class RelocationOrders(DatabaseEngine engine, DbConnection connection, RelocationTaskOptions options, TaskSteps steps)
{
    private const string HasEnded = "It has ended.";

    private DateTimeOffset Now => options.Clock.GetUtcNow();

    internal Task PauseAsync(Guid uuid, RelocationStep? at, CancellationToken cancellationToken) => ChangeAsync(
        uuid,
        row => row.IsActive
            ? row with { PauseAt = Marked(row, at, "paused") }
            : throw Errors.WrongStatus(uuid, row.Status, "paused", HasEnded),
        cancellationToken);

    internal Task CancelAsync(Guid uuid, RelocationStep? at, CancellationToken cancellationToken) => ChangeAsync(
        uuid,
        row => row.Status switch
        {
            RelocationStatus.Success => throw Errors.WrongStatus(uuid, row.Status, "cancelled", HasEnded),
            RelocationStatus.Failure => null,
            _ => row with { CancelAt = Marked(row, at, "cancelled") },
        },
        cancellationToken);

    internal Task UnpauseAsync(Guid uuid, RelocationStep? pauseAt, CancellationToken cancellationToken) => ChangeAsync(
        uuid,
        row => row switch
        {
            { Status: RelocationStatus.Pause } => Unpaused(row, pauseAt),
            { Status: RelocationStatus.InProgress, PauseAt: not null } => row with { PauseAt = MarkedOrNone(row, pauseAt) },
            _ => throw Errors.WrongStatus(uuid, row.Status, "unpaused", "Only one that is paused, or is to pause, can be."),
        },
        cancellationToken);

    /// <summary>Lifts a pause if there is one, and otherwise checks that the relocation can continue.</summary>
    /// <exception cref="RelocationTaskException">Another runner has it, which would pause where this one was to.</exception>
    internal Task ResumeAsync(Guid uuid, RelocationStep? pauseAt, CancellationToken cancellationToken) => ChangeAsync(
        uuid,
        row => new TaskLease(uuid, options.LeaseTime).Refuse(row, Now).Status switch
        {
            RelocationStatus.Pause => Unpaused(row, pauseAt),
            RelocationStatus.InProgress => pauseAt is null ? null : row with { PauseAt = MarkedOrNone(row, pauseAt) },
            RelocationStatus.Failure => throw Errors.WrongStatus(uuid, row.Status, "resumed", "Retry it, which starts another one with the same file."),
            _ => throw Errors.WrongStatus(uuid, row.Status, "resumed", HasEnded),
        },
        cancellationToken);

    internal Task AbortAsync(Guid uuid, CancellationToken cancellationToken) => ChangeAsync(
        uuid,
        row => row.IsActive
            ? row with { Status = RelocationStatus.Failure, FailureReason = FailureReason.Of(FailureCategory.Aborted).Text }
            : throw Errors.WrongStatus(uuid, row.Status, "aborted", HasEnded),
        cancellationToken);

    /// <summary>What a runner is writing at the moment could not be undone, so none may hold the relocation.</summary>
    internal async Task AbandonAsync(Guid uuid, CancellationToken cancellationToken)
    {
        var lease = new TaskLease(uuid, options.LeaseTime);
        await lease.TakeAsync(new TaskSql(engine, connection, null), Now, cancellationToken).ConfigureAwait(false);
        try
        {
            await ChangeAsync(
                uuid,
                async (sql, row) =>
                {
                    if (row.Status == RelocationStatus.Success)
                    {
                        throw Errors.WrongStatus(uuid, row.Status, "abandoned", "Its organizations belong to their owner now.");
                    }

                    await steps.Undo(sql, options, row, cancellationToken).ConfigureAwait(false);
                    await MessageRows.RemoveUnsentClaimsAsync(sql, row, cancellationToken).ConfigureAwait(false);
                    return row.IsActive
                        ? row with { Status = RelocationStatus.Failure, FailureReason = FailureReason.Of(FailureCategory.Abandoned).Text }
                        : row;
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await lease.ReleaseAsync(new TaskSql(engine, connection, null), CancellationToken.None).ConfigureAwait(false);
        }

        var files = new RunFiles(options, uuid);
        foreach (var name in await options.Storage.ListAsync(files.Folder, cancellationToken).ConfigureAwait(false))
        {
            await options.Storage.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The first task of the step is the latest, and begins with its first attempt (docs/tasks.md, States).</summary>
    private static RelocationRow Unpaused(RelocationRow row, RelocationStep? pauseAt) => row with
    {
        Status = RelocationStatus.InProgress,
        LatestTask = row.LatestTask == RelocationTaskName.None ? RelocationTaskName.None : TaskDefinition.FirstOf(row.Step),
        LatestTaskAttempts = 0,
        IsLatestTaskDone = false,
        PauseAt = MarkedOrNone(row, pauseAt),
    };

    private static RelocationStep? MarkedOrNone(RelocationRow row, RelocationStep? at) => at is null ? null : Marked(row, at, "paused");

    private static RelocationStep Marked(RelocationRow row, RelocationStep? at, string verb)
    {
        var step = at ?? row.Step + 1;
        return step > row.Step && step is >= RelocationStep.Preprocessing and <= RelocationStep.Notifying
            ? step
            : throw Errors.WrongStep(verb, step, row.Step);
    }

    private Task ChangeAsync(Guid uuid, Func<RelocationRow, RelocationRow?> change, CancellationToken cancellationToken) =>
        ChangeAsync(uuid, (_, row) => Task.FromResult(change(row)), cancellationToken);

    private async Task ChangeAsync(Guid uuid, Func<TaskSql, RelocationRow, Task<RelocationRow?>> change, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var sql = new TaskSql(engine, connection, transaction);
            var row = await RelocationRows.FindAsync(sql, uuid, cancellationToken, forUpdate: true).ConfigureAwait(false) ?? throw Errors.RelocationMissing(uuid);
            if (await change(sql, row).ConfigureAwait(false) is { } changed)
            {
                await RelocationRows.UpdateAsync(sql, changed, Now, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
