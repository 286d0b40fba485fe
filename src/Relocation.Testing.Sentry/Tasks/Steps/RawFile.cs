using Relocation.Testing.Sentry.Tasks.Rows;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Finds the file that a relocation was begun with.</summary>
internal static class RawFile
{
    /// <exception cref="RelocationTaskException">There is no row of it.</exception>
    internal static async Task<FileRow> FindAsync(TaskContext context, CancellationToken cancellationToken) =>
        await FileRow.FindAsync(context.Sql, context.Relocation.Id, cancellationToken).ConfigureAwait(false)
            ?? throw Errors.FileMissing(context.Relocation.Uuid);
}
