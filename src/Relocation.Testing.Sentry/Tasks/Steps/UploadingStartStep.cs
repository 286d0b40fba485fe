namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>
/// The file is there already. One that another cell would have to be asked for has no place here (docs/tasks.md, Where Sentry differs), but
/// a relocation between cells must say which organization it is of.
/// </summary>
internal sealed class UploadingStartStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.UploadingStart;

    internal override Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(
        context.Relocation is { Provenance: RelocationProvenance.SaasToSaas, WantOrgSlugs.Count: 0 }
            ? TaskOutcome.Fail(FailureReason.Of(FailureCategory.UploadingMissingSlug))
            : TaskOutcome.Next());
}
