namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Exports this instance's configuration, so that the validation runs with the same configuration.</summary>
internal sealed class BaselineConfigStep : TaskStep
{
    internal override RelocationTaskName Name => RelocationTaskName.PreprocessingBaselineConfig;

    internal override async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        await context.Files.WriteExportAsync(
            context.Files.BaselineConfig,
            (destination, cancellation) => context.CreateExport().ExportInConfigScopeAsync(context.Connection, destination, cancellation),
            cancellationToken).ConfigureAwait(false);
        return TaskOutcome.Next();
    }
}
