using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Sentry.Tasks.Importing;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>Hands the imported organizations over to their owner, and calls the hook (docs/tasks.md, Where Sentry differs).</summary>
internal sealed class PostprocessingStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.Postprocessing;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var imported = new ImportedRows(context.Sql, context.Relocation.Uuid);
        var organizations = await imported.OfAsync(Labels.Organization, cancellationToken).ConfigureAwait(false);
        await CheckAsync(context, organizations, await imported.OfAsync(Labels.User, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
        await context.WriteAsync(
            async (sql, cancellation) =>
            {
                await new OwnerMembership(sql, context)
                    .RaiseAsync([.. organizations.Select(organization => organization.New)], cancellation).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

        // The hook finds the owner in place, and can have the task repeated by throwing.
        if (context.Options.Relocated is { } relocated)
        {
            await relocated(context.Relocation.Uuid, cancellationToken).ConfigureAwait(false);
        }

        return TaskOutcome.Next();
    }

    /// <summary>Checks that the wanted records were imported, by their keys, since slugs and names may have changed.</summary>
    private static async Task CheckAsync(
        TaskContext context, IReadOnlyList<ImportedRow> organizations, IReadOnlyList<ImportedRow> users, CancellationToken cancellationToken)
    {
        var raw = await context.Files.OpenRawAsync(cancellationToken).ConfigureAwait(false);
        await using (raw.ConfigureAwait(false))
        {
            var wanted = await WantedRecords.ReadAsync(raw.Backup, context.Relocation.WantOrgSlugs, cancellationToken).ConfigureAwait(false);
            if (!wanted.Organizations.SetEquals(organizations.Select(organization => organization.Old)))
            {
                throw Errors.OtherRecordsImported(Labels.Organization);
            }

            if (!wanted.Users.IsSupersetOf(users.Select(user => user.Old)))
            {
                throw Errors.OtherRecordsImported(Labels.User);
            }
        }
    }
}
