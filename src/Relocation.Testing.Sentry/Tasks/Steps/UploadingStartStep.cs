namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>
/// The file is already there. Files of another cell are not supported (docs/tasks.md, Where Sentry differs), but a relocation between cells
/// must name its organization.
/// </summary>
internal sealed class UploadingStartStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.UploadingStart;

    internal override Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(
        context.Relocation is { Provenance: RelocationProvenance.SaasToSaas, WantOrgSlugs.Count: 0 }
            ? TaskOutcome.Fail(FailureReason.Of(FailureCategory.UploadingMissingSlug))
            : TaskOutcome.Next());
}
