namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Exports those users of this instance whose names wanted users have; where there are none, nobody (addendum, T-24 and T-25).</summary>
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
