using System.Data.Common;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>
/// Drives the tasks of one relocation in this process, one after the other, until it ends or pauses. Each change of its state is a
/// transaction of its own, so that the next run can continue after a killed one.
/// </summary>
internal sealed class TaskRunner(DatabaseEngine engine, DbConnection connection, RelocationTaskOptions options, TaskSteps steps, Guid uuid)
{
    private const int FirstDelay = 60;
    private const int LongestDelay = 600;

    private readonly TaskLease _lease = new(uuid, options.LeaseTime);

    private TaskSql Sql => new(engine, connection, null);

    private DateTimeOffset Now => options.Clock.GetUtcNow();

    /// <summary>Runs the relocation. A paused one stays paused.</summary>
    /// <exception cref="RelocationTaskException">The relocation does not exist, or another runner has it.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await _lease.TakeAsync(Sql, Now, cancellationToken).ConfigureAwait(false);
        try
        {
            while (await FindAsync(cancellationToken).ConfigureAwait(false) is { } row)
            {
                await Outbox.SendAsync(Sql, options, row, cancellationToken).ConfigureAwait(false);
                if (row.Status != RelocationStatus.InProgress)
                {
                    return;
                }

                await StepAsync(TaskDefinition.Of(NextOf(row)), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await ReleaseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Starts any task, as a queue would.</summary>
    internal async Task<StartKind> StartAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var sql = new TaskSql(engine, connection, transaction);
            var row = await RelocationRows.FindAsync(sql, uuid, cancellationToken, forUpdate: true).ConfigureAwait(false) ?? throw Errors.RelocationMissing(uuid);
            var start = TaskStart.Of(row, task);
            if (start.Kind is StartKind.Ended or StartKind.Redundant)
            {
                TaskLog.NotStarted(options.Logger, uuid, task.Name, row.LatestTask, start.Kind);
                return start.Kind;
            }

            await _lease.HoldAsync(sql, Now, cancellationToken, isPauseFine: true).ConfigureAwait(false);
            if (start.Kind != StartKind.Started)
            {
                TaskLog.NotStarted(options.Logger, uuid, task.Name, row.LatestTask, start.Kind);
            }

            var stored = start.Reason is { } reason
                ? await TaskFailure.ApplyAsync(sql, options, steps, start.Row, reason, cancellationToken).ConfigureAwait(false)
                : start.Row;
            await RelocationRows.UpdateAsync(sql, stored, Now, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return start.Kind;
        }
    }

    /// <summary>Takes the lease, for tests that start tasks by hand.</summary>
    internal Task TakeAsync(CancellationToken cancellationToken) => _lease.TakeAsync(Sql, Now, cancellationToken);

    /// <summary>Starts a task and makes one attempt of it.</summary>
    internal async Task StepAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        if (await StartAsync(task, cancellationToken).ConfigureAwait(false) != StartKind.Started)
        {
            return;
        }

        var row = await FindAsync(cancellationToken).ConfigureAwait(false);
        var context = new TaskContext
        {
            Engine = engine, Connection = connection, Options = options, Relocation = row!, Definition = task, Lease = _lease,
        };
        TaskLog.Starts(options.Logger, uuid, task.Name, context.Attempt, task.MaxAttempts);
        options.Progress?.Report(new RelocationProgress(uuid, task.Name, context.Attempt, task.MaxAttempts, null));
        try
        {
            var wait = await AttemptAsync(context, cancellationToken).ConfigureAwait(false);
            if (wait > TimeSpan.Zero)
            {
                // The delay between two attempts, by the given clock.
                await Task.Delay(wait, options.Clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TaskStoppedException)
        {
            // The relocation was ended; the caller sees that in the row.
        }
    }

    private static RelocationTaskName NextOf(RelocationRow row) =>
        row.IsLatestTaskDone || row.LatestTask == RelocationTaskName.None ? row.LatestTask + 1 : row.LatestTask;

    private static TimeSpan DelayAfter(int attempt) => TimeSpan.FromSeconds(Math.Min(FirstDelay << Math.Min(attempt - 1, 4), LongestDelay));

    private Task<RelocationRow?> FindAsync(CancellationToken cancellationToken) => RelocationRows.FindAsync(Sql, uuid, cancellationToken);

    /// <returns>How long to wait before the next task.</returns>
    private async Task<TimeSpan> AttemptAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var task = context.Definition;
        try
        {
            if (options.FailAt?.Invoke(task.Name, context.Attempt) is { } asked)
            {
                throw asked;
            }

            return await EndAsync(context, await steps[task.Name].RunAsync(context, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await TakeBackAsync().ConfigureAwait(false);
            throw;
        }
        catch (Exception exception)
            when (exception is not TaskStoppedException and not RelocationTaskException { Kind: RelocationTaskErrorKind.LeaseHeld })
        {
            TaskLog.AttemptFailed(options.Logger, uuid, task.Name, context.Attempt, task.MaxAttempts, exception.Message, exception);
            var category = (exception as TaskFaultException)?.Category ?? task.Category;
            return await EndAsync(
                context,
                context.AttemptsLeft > 0 ? TaskOutcome.Again(DelayAfter(context.Attempt)) : TaskOutcome.Fail(FailureReason.Of(category)),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TimeSpan> EndAsync(TaskContext context, TaskOutcome outcome, CancellationToken cancellationToken)
    {
        var wait = outcome.Kind == TaskOutcomeKind.Again && options.WaitsBetweenAttempts ? outcome.Delay : TimeSpan.Zero;
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var sql = new TaskSql(engine, connection, transaction);
            var row = await _lease.HoldAsync(sql, Now, cancellationToken, wait: wait).ConfigureAwait(false);
            if (outcome.Effect is { } effect)
            {
                row = await effect(sql, row, cancellationToken).ConfigureAwait(false);
            }

            row = outcome.Kind switch
            {
                TaskOutcomeKind.Next => row with
                {
                    IsLatestTaskDone = true,
                    Status = context.Definition.Name == RelocationTaskName.Completed ? RelocationStatus.Success : row.Status,
                },
                TaskOutcomeKind.BackTo => row with { LatestTask = outcome.Task, LatestTaskAttempts = 0, IsLatestTaskDone = false },
                TaskOutcomeKind.Fail => await TaskFailure.ApplyAsync(sql, options, steps, row, outcome.Reason!, cancellationToken).ConfigureAwait(false),
                _ => row,
            };
            await RelocationRows.UpdateAsync(sql, row, Now, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return wait;
    }

    /// <summary>An attempt that the caller has cancelled does not count: nothing was wrong with it.</summary>
    private Task TakeBackAsync() => QuietlyAsync(() => _lease.TakeBackAttemptAsync(Sql, CancellationToken.None));

    private Task ReleaseAsync() => QuietlyAsync(() => _lease.ReleaseAsync(Sql, CancellationToken.None));

    /// <summary>Cleans up after an error that is more important than a failure of the clean-up: the lease expires by itself.</summary>
    private static async Task QuietlyAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            // The connection is broken.
        }
    }
}
