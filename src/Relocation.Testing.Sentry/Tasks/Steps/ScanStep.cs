using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Storage;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Reads the file and refuses what cannot be relocated, check by check in upstream's order (docs/sentry-import.md, section 10.3).</summary>
internal sealed class ScanStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.PreprocessingScan;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var file = await RawFile.FindAsync(context, cancellationToken).ConfigureAwait(false);
        var stored = await StoredBackup.OpenRawAsync(context.Options, file.Name, context.Options.AllowPlainJson, cancellationToken).ConfigureAwait(false);
        await using (stored.ConfigureAwait(false))
        {
            var scan = new ScannedFile();
            try
            {
                await stored.Backup.ReadAsync(ScannedFile.Fields, scan.Read, cancellationToken).ConfigureAwait(false);
            }
            catch (EncryptionException) when (!stored.IsTarball)
            {
                return TaskOutcome.Fail(FailureReason.Of(FailureCategory.PreprocessingInvalidTarball));
            }
            catch (EncryptionException exception)
            {
                throw new TaskFaultException(FailureCategory.PreprocessingDecryption, exception);
            }
            catch (BackupFormatException exception) when (!MayBeReadLater(exception))
            {
                // No attempt could read it (docs/tasks.md, Steps and tasks).
                var problem = exception.Problems[0];
                return TaskOutcome.Fail(FailureReason.Of(FailureCategory.PreprocessingInvalidJson, Errors.UnreadableAt(problem.Place, problem.Message)));
            }

            return Refuse(context, scan) is { } reason ? TaskOutcome.Fail(reason) : Accept(context, scan.Usernames(context.Relocation.WantOrgSlugs));
        }
    }

    /// <summary>Whether the file itself may be correct, and only reading it failed.</summary>
    private static bool MayBeReadLater(BackupFormatException exception) =>
        exception.InnerException is IOException or UnauthorizedAccessException || exception.Problems.Any(problem => problem.Kind == BackupProblemKind.Changed);

    private static FailureReason? Refuse(TaskContext context, ScannedFile scan)
    {
        var wanted = context.Relocation.WantOrgSlugs;
        var limits = context.Options.Limits;
        if (scan.Defect is { } defect)
        {
            return FailureReason.Of(FailureCategory.PreprocessingInvalidJson, defect);
        }

        if (WantedSlugs.FirstBad(wanted) is { } bad)
        {
            return FailureReason.Of(FailureCategory.PreprocessingBadSlug, bad);
        }

        if (!scan.HasUsers)
        {
            return FailureReason.Of(FailureCategory.PreprocessingNoUsers);
        }

        if (scan.Missing(wanted) is { Count: > 0 } missing)
        {
            return FailureReason.Of(FailureCategory.PreprocessingMissingOrganizations, string.Join(',', missing));
        }

        var organizations = scan.CountOrganizations(wanted);
        if (organizations > limits.Organizations)
        {
            return FailureReason.Of(FailureCategory.PreprocessingTooManyOrganizations, Errors.NotAsMany(organizations, limits.Organizations));
        }

        var users = scan.Usernames(wanted).Count;
        return users > limits.Users ? FailureReason.Of(FailureCategory.PreprocessingTooManyUsers, Errors.NotAsMany(users, limits.Users)) : null;
    }

    private static TaskOutcome Accept(TaskContext context, IReadOnlyList<string> usernames) => TaskOutcome.Next(async (sql, row, cancellation) =>
    {
        var slugs = new JsonArray([.. row.WantOrgSlugs.Select(slug => JsonValue.Create(slug))]);
        return await MessageRows.TellOwnerAsync(
            sql,
            row with { WantUsernames = usernames },
            RelocationMessageKind.Started,
            new JsonObject { ["slugs"] = slugs }.ToJsonString(),
            context.Now,
            cancellation).ConfigureAwait(false);
    });
}
