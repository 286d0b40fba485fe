using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>
/// Checks that all files for the validation are there, and creates its row: one, however often this is repeated (docs/tasks.md, Where
/// Sentry differs). The step changes when the validation starts, not here.
/// </summary>
internal sealed class PreprocessingCompleteStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.PreprocessingComplete;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var files = context.Files;
        var there = await context.Options.Storage.ListAsync(files.Folder, cancellationToken).ConfigureAwait(false);
        if (Array.Find([files.FilterUsernames, files.BaselineConfig, files.CollidingUsers, files.Raw], name => !files.IsAmong(there, name)) is { } missing)
        {
            throw Errors.FileOfTaskMissing(missing);
        }

        return TaskOutcome.Next(async (sql, row, cancellation) =>
        {
            await ValidationRow.GetOrInsertAsync(sql, row.Id, context.Now, cancellation).ConfigureAwait(false);
            return row;
        });
    }
}
