namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Exports the users of this instance whose names are wanted; if there are none, nobody (docs/tasks.md, The validation).</summary>
internal sealed class CollidingUsersStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.PreprocessingCollidingUsers;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var wanted = (context.Relocation.WantUsernames ?? []).ToHashSet(StringComparer.Ordinal);
        await context.Files.WriteExportAsync(
            context.Files.CollidingUsers,
            (destination, cancellation) => context.CreateExport().ExportInUserScopeAsync(context.Connection, destination, wanted, cancellation),
            cancellationToken).ConfigureAwait(false);
        return TaskOutcome.Next();
    }
}
