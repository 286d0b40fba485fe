using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>Starts a validation run: counts it, and gives it an identity (docs/tasks.md, The validation). The next task carries it out.</summary>
internal sealed class ValidatingStartStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.ValidatingStart;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var validation = await ValidationRow.FindAsync(context.Sql, context.Relocation.Id, cancellationToken).ConfigureAwait(false);
        if (validation is null)
        {
            return TaskOutcome.Fail(FailureReason.Of(FailureCategory.ValidatingInternal));
        }

        if (validation.Attempts >= ValidationRuns.Most)
        {
            var runs = await ValidationAttemptRow.ListAsync(context.Sql, validation.Id, cancellationToken).ConfigureAwait(false);
            return ValidationRuns.GiveUp(context, validation, [.. runs.Select(run => run.Status)]);
        }

        return TaskOutcome.Next(async (sql, row, cancellation) =>
        {
            var number = validation.Attempts + 1;
            await (validation with { Attempts = number }).UpdateAsync(sql, context.Now, cancellation).ConfigureAwait(false);
            await ValidationAttemptRow.InsertAsync(
                sql, row.Id, validation.Id, ValidationRuns.IdentityOf(row.Uuid, number), context.Now, cancellation).ConfigureAwait(false);
            return row;
        });
    }
}
