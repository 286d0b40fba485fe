using Relocation.Testing.Sentry.Tasks.Finishing;
using Relocation.Testing.Sentry.Tasks.Importing;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Validating;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>The work of each task, and the undo of an import.</summary>
internal sealed class TaskSteps
{
    private readonly Dictionary<RelocationTaskName, TaskStep> _steps;

    internal TaskSteps(IEnumerable<TaskStep> steps, Func<TaskSql, RelocationTaskOptions, RelocationRow, CancellationToken, Task> undo)
    {
        _steps = steps.ToDictionary(step => step.Name);
        Undo = undo;
    }

    /// <summary>The real tasks.</summary>
    internal static TaskSteps Default { get; } = new(
        [
            new UploadingStartStep(), new UploadingCompleteStep(), new ScanStep(), new TransferStep(), new BaselineConfigStep(), new CollidingUsersStep(),
            new PreprocessingCompleteStep(), new ValidatingStartStep(), new ValidatingPollStep(), new ValidatingCompleteStep(), new ImportingStep(),
            new PostprocessingStep(), new UnhideStep(), new NotifyUsersStep(), new NotifyOwnerStep(), new CompletedStep(),
        ],
        (sql, options, row, cancellationToken) => new ImportUndo(sql, options.Version).RunAsync(row.Uuid, cancellationToken));

    /// <summary>
    /// Undoes what the import of a relocation has committed, in the transaction that ends the relocation. Called for a relocation that
    /// fails while it imports, and for an abandoned one.
    /// </summary>
    internal Func<TaskSql, RelocationTaskOptions, RelocationRow, CancellationToken, Task> Undo { get; }

    internal TaskStep this[RelocationTaskName name] => _steps[name];
}
