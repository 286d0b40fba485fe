using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>Reads the run's findings: with a finding the file is invalid (docs/tasks.md, The validation).</summary>
internal sealed class ValidatingCompleteStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.ValidatingComplete;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        if (await ValidationRuns.FindOpenAsync(context, cancellationToken).ConfigureAwait(false) is not { } open)
        {
            return TaskOutcome.Fail(FailureReason.Of(FailureCategory.ValidatingAttemptMissing));
        }

        var found = await new ValidationFindings(context, open.Last.BuildId).FindFirstAsync(cancellationToken).ConfigureAwait(false);
        var status = found is null ? RelocationValidationStatus.Valid : RelocationValidationStatus.Invalid;
        TaskEffect effect = async (sql, row, cancellation) =>
        {
            await open.Last.UpdateAsync(sql, status, context.Now, cancellation).ConfigureAwait(false);
            await (open.Validation with { Status = status }).UpdateAsync(sql, context.Now, cancellation).ConfigureAwait(false);
            return row;
        };
        return found is null ? TaskOutcome.Next(effect) : TaskOutcome.Fail(FailureReason.Of(FailureCategory.ValidatingInvalid, found), effect);
    }
}
