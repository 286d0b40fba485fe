namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>A failure that the next attempt may avoid, with a reason other than the task's own.</summary>
internal sealed class TaskFaultException(FailureCategory category, Exception cause) : RelocationException(cause.Message, cause)
{
    internal FailureCategory Category { get; } = category;
}
