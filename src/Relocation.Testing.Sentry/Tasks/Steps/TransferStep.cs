using System.Text;
using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Stores the file and the names to filter by for the validation. Existing files are overwritten (docs/tasks.md, Storage).</summary>
internal sealed class TransferStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.PreprocessingTransfer;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var storage = context.Options.Storage;
        var names = await UserRows.ExistingAsync(context.Sql, context.Relocation.WantUsernames ?? [], cancellationToken).ConfigureAwait(false);
        await storage.WriteAsync(
            context.Files.FilterUsernames,
            async (stream, cancellation) => await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join(',', names)), cancellation).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        var file = await RawFile.FindAsync(context, cancellationToken).ConfigureAwait(false);
        var raw = await storage.OpenAsync(file.Name, cancellationToken).ConfigureAwait(false) ?? throw Errors.FileOfTaskMissing(file.Name);
        await using (raw.ConfigureAwait(false))
        {
            await storage.WriteAsync(context.Files.Raw, raw.CopyToAsync, cancellationToken).ConfigureAwait(false);
        }

        return TaskOutcome.Next();
    }
}
