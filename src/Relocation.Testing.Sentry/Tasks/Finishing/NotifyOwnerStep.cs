using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Importing;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>Notifies owner and creator of the success (docs/tasks.md, Messages).</summary>
internal sealed class NotifyOwnerStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.NotifyingOwner;

    internal override Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(
        TaskOutcome.Next(async (sql, row, cancellation) =>
        {
            var organizations = await new ImportedRows(sql, row.Uuid).OfAsync(Labels.Organization, cancellation).ConfigureAwait(false);
            return await MessageRows.TellOwnerAsync(
                sql, row, RelocationMessageKind.Succeeded, MessageContent.Of(MessageContent.SlugsOf(organizations)), context.Now, cancellation)
                .ConfigureAwait(false);
        }));
}
