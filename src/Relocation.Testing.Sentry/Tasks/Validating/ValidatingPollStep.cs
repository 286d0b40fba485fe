using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>
/// Carries a validation run out in this process, or finds that its time is over; a failed run is followed by another while there are
/// attempts (docs/tasks.md, The validation).
/// </summary>
internal sealed class ValidatingPollStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.ValidatingPoll;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        if (await ValidationRuns.FindOpenAsync(context, cancellationToken).ConfigureAwait(false) is not { } open)
        {
            return TaskOutcome.Fail(FailureReason.Of(FailureCategory.ValidatingAttemptMissing));
        }

        var end = open.Last.DateAdded + ValidationRuns.Longest;
        var (status, findings) = end <= context.Now
            ? (RelocationValidationStatus.Timeout, [])
            : await CarryOutAsync(context, open.Last, end, cancellationToken).ConfigureAwait(false);
        if (status == RelocationValidationStatus.InProgress)
        {
            await new ValidationFindings(context, open.Last.BuildId).WriteAsync(findings, cancellationToken).ConfigureAwait(false);
            return TaskOutcome.Next();
        }

        TaskEffect effect = async (sql, row, cancellation) =>
        {
            await open.Last.UpdateAsync(sql, status, context.Now, cancellation).ConfigureAwait(false);
            return row;
        };
        return open.Validation.Attempts < ValidationRuns.Most
            ? TaskOutcome.BackTo(RelocationTaskName.ValidatingStart, effect)
            : ValidationRuns.GiveUp(context, open.Validation, [.. open.Runs.SkipLast(1).Select(run => run.Status), status], effect);
    }

    /// <summary>Runs it within its time.</summary>
    /// <returns>In progress with the findings, if it reached its end; otherwise why it did not.</returns>
    private static async Task<(RelocationValidationStatus Status, IReadOnlyList<StepFindings> Findings)> CarryOutAsync(
        TaskContext context, ValidationAttemptRow run, DateTimeOffset end, CancellationToken cancellationToken)
    {
        // Setting the clock back does not give a run more time.
        var left = end - context.Now;
        using var time = new CancellationTokenSource(left < ValidationRuns.Longest ? left : ValidationRuns.Longest, context.Options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            var scratch = await ScratchDatabase.CreateAsync(context, both.Token).ConfigureAwait(false);
            await using (scratch.ConfigureAwait(false))
            {
                var findings = await new ValidationRun(scratch, context, ValidationRuns.SeedOf(run.BuildId)).RunAsync(both.Token).ConfigureAwait(false);
                return (end <= context.Now ? RelocationValidationStatus.Timeout : RelocationValidationStatus.InProgress, findings);
            }
        }
        catch (Exception exception) when (!IsNotOfTheRun(exception) && !cancellationToken.IsCancellationRequested)
        {
            var status = time.IsCancellationRequested || end <= context.Now ? RelocationValidationStatus.Timeout : RelocationValidationStatus.Failure;
            ValidationLog.RunEnded(context.Logger, context.Relocation.Uuid, run.BuildId, status, exception.Message, exception);
            return (status, []);
        }
    }

    /// <summary>Whether the relocation has ended, whatever the run's result.</summary>
    private static bool IsNotOfTheRun(Exception exception) =>
        exception is TaskStoppedException or RelocationTaskException { Kind: RelocationTaskErrorKind.LeaseHeld };
}
