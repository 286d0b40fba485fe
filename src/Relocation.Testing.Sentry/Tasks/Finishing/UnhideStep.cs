using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Importing;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>
/// Shows the imported organizations: those pending approval become active, others keep their status (docs/tasks.md, Steps and tasks).
/// </summary>
internal sealed class UnhideStep : TaskStep
{
    private const int Active = 0;
    private const int WaitsForApproval = 3;

    internal override RelocationTaskName Name => RelocationTaskName.NotifyingUnhide;

    internal override Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(
        TaskOutcome.Next(async (sql, row, cancellation) =>
        {
            var organizations = await new ImportedRows(sql, row.Uuid).OfAsync(Labels.Organization, cancellation).ConfigureAwait(false);
            foreach (var list in KeyLists.Of(organizations.Select(organization => organization.New)))
            {
                await sql.ExecuteAsync(
                    $"UPDATE sentry_organizationmapping SET status = @p0 WHERE status = @p1 AND organization_id IN ({list})",
                    [Active, WaitsForApproval],
                    cancellation).ConfigureAwait(false);
                await sql.ExecuteAsync(
                    $"UPDATE sentry_organization SET status = @p0 WHERE status = @p1 AND id IN ({list})", [Active, WaitsForApproval], cancellation)
                    .ConfigureAwait(false);
            }

            return row;
        }));
}
