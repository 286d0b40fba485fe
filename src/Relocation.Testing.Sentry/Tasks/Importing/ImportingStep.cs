using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>
/// Imports the wanted organizations, hidden, under the relocation's own identity (docs/sentry-import.md, section 10.4). In one transaction
/// an attempt leaves all or nothing, key counters included; chunk by chunk, the next attempt continues (docs/tasks.md, Import and undo). If
/// somebody ends the relocation meanwhile, or another runner takes it over, nothing more is committed.
/// </summary>
internal sealed class ImportingStep : TaskStep
{
    /// <summary>How long an import in one transaction may be silent: others cannot see it renew its lease.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    internal override RelocationTaskName Name => RelocationTaskName.Importing;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        // An import continues in the way it was begun, whatever this run's options: the ledger may contain a part of one that was committed
        // chunk by chunk, and all of one in a single transaction.
        var isBegunByChunks = await context.WriteAsync(
            (sql, cancellation) => BackupImporter.IsRememberedAsync(sql.Transaction!, sql.Engine, context.Relocation.Uuid, cancellation), cancellationToken)
            .ConfigureAwait(false);
        if (isBegunByChunks || !await new ImportedRows(context.Sql, context.Relocation.Uuid).AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            await ImportAsync(context, isBegunByChunks || context.Options.IsResumable, cancellationToken).ConfigureAwait(false);
        }

        return TaskOutcome.Next();
    }

    private static async Task ImportAsync(TaskContext context, bool isResumable, CancellationToken cancellationToken)
    {
        if (!isResumable)
        {
            await context.RenewLeaseAsync(cancellationToken, Longest).ConfigureAwait(false);
        }

        var import = new SentryImport(context.Engine, OptionsOf(context, isResumable));
        var raw = await context.Files.OpenRawAsync(cancellationToken).ConfigureAwait(false);
        await using (raw.ConfigureAwait(false))
        {
            await import.ImportInOrganizationScopeAsync(
                context.Connection, raw.Backup, context.Relocation.WantOrgSlugs.ToHashSet(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
        }
    }

    private static SentryImportOptions OptionsOf(TaskContext context, bool isResumable) => context.Options.Import.For(
        context.Options.Version,
        new SentryImportFlags
        {
            ImportUuid = context.Relocation.Uuid,
            HideOrganizations = true,
            MergeUsers = context.Relocation.Provenance == RelocationProvenance.SaasToSaas,
        },
        context.Seed,
        context.Options.Clock,
        context.Logger,
        isResumable,
        new ImportReport(context),
        context.HoldAsync);
}
