namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>One of the ordered tasks (docs/sentry-import.md, section 10.2).</summary>
/// <param name="Name">The task, whose number gives the order.</param>
/// <param name="Text">The name in the database.</param>
/// <param name="Step">The one step that it belongs to.</param>
/// <param name="MaxAttempts">How often it may be started before the relocation fails.</param>
/// <param name="Category">The reason of a relocation whose attempts are used up.</param>
internal sealed record TaskDefinition(RelocationTaskName Name, string Text, RelocationStep Step, int MaxAttempts, FailureCategory Category)
{
    private const int Attempts = 4;

    /// <summary>All tasks that can be started, in their order.</summary>
    internal static IReadOnlyList<TaskDefinition> All { get; } =
    [
        new(RelocationTaskName.UploadingStart, "UPLOADING_START", RelocationStep.Uploading, Attempts, FailureCategory.UploadingInternal),
        new(RelocationTaskName.UploadingComplete, "UPLOADING_COMPLETE", RelocationStep.Uploading, Attempts, FailureCategory.UploadingInternal),
        Preprocessing(RelocationTaskName.PreprocessingScan, "PREPROCESSING_SCAN"),
        Preprocessing(RelocationTaskName.PreprocessingTransfer, "PREPROCESSING_TRANSFER"),
        Preprocessing(RelocationTaskName.PreprocessingBaselineConfig, "PREPROCESSING_BASELINE_CONFIG"),
        Preprocessing(RelocationTaskName.PreprocessingCollidingUsers, "PREPROCESSING_COLLIDING_USERS"),
        Preprocessing(RelocationTaskName.PreprocessingComplete, "PREPROCESSING_COMPLETE"),
        new(RelocationTaskName.ValidatingStart, "VALIDATING_START", RelocationStep.Validating, Attempts, FailureCategory.ValidatingInternal),
        new(RelocationTaskName.ValidatingPoll, "VALIDATING_POLL", RelocationStep.Validating, 61, FailureCategory.ValidatingInternal),
        new(RelocationTaskName.ValidatingComplete, "VALIDATING_COMPLETE", RelocationStep.Validating, Attempts, FailureCategory.ValidatingInternal),
        new(RelocationTaskName.Importing, "IMPORTING", RelocationStep.Importing, 5, FailureCategory.ImportingInternal),
        new(RelocationTaskName.Postprocessing, "POSTPROCESSING", RelocationStep.Postprocessing, Attempts, FailureCategory.PostprocessingInternal),
        Notifying(RelocationTaskName.NotifyingUnhide, "NOTIFYING_UNHIDE"),
        Notifying(RelocationTaskName.NotifyingUsers, "NOTIFYING_USERS"),
        Notifying(RelocationTaskName.NotifyingOwner, "NOTIFYING_OWNER"),
        new(RelocationTaskName.Completed, "COMPLETED", RelocationStep.Completed, Attempts, FailureCategory.CompletedInternal),
    ];

    internal static TaskDefinition Of(RelocationTaskName name) => All[(int)name - 1];

    /// <summary>The task by its name in the database; none for the empty name (docs/tasks.md, Where Sentry differs).</summary>
    internal static RelocationTaskName Parse(string text) =>
        All.FirstOrDefault(task => task.Text == text)?.Name ?? RelocationTaskName.None;

    /// <summary>The name in the database.</summary>
    internal static string TextOf(RelocationTaskName name) => name == RelocationTaskName.None ? string.Empty : Of(name).Text;

    /// <summary>The first task of a step.</summary>
    internal static RelocationTaskName FirstOf(RelocationStep step) => All.First(task => task.Step == step).Name;

    private static TaskDefinition Preprocessing(RelocationTaskName name, string text) =>
        new(name, text, RelocationStep.Preprocessing, Attempts, FailureCategory.PreprocessingInternal);

    private static TaskDefinition Notifying(RelocationTaskName name, string text) =>
        new(name, text, RelocationStep.Notifying, Attempts, FailureCategory.NotifyingInternal);
}
