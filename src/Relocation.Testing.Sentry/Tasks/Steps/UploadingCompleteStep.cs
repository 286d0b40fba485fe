namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Finds the file's row, and opens the file.</summary>
internal sealed class UploadingCompleteStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.UploadingComplete;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var file = await RawFile.FindAsync(context, cancellationToken).ConfigureAwait(false);
        var stream = await context.Options.Storage.OpenAsync(file.Name, cancellationToken).ConfigureAwait(false) ?? throw Errors.FileOfTaskMissing(file.Name);
        await stream.DisposeAsync().ConfigureAwait(false);
        return TaskOutcome.Next();
    }
}
