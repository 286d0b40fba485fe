using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Finds the file that a relocation was started with.</summary>
internal static class RawFile
{
    /// <exception cref="RelocationTaskException">It has no row.</exception>
    internal static async Task<FileRow> FindAsync(TaskContext context, CancellationToken cancellationToken) =>
        await FileRow.FindAsync(context.Sql, context.Relocation.Id, cancellationToken).ConfigureAwait(false)
            ?? throw Errors.FileMissing(context.Relocation.Uuid);
}
