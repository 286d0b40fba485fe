namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>An attempt that may go well the next time, but whose last failure has another reason than the task's own.</summary>
internal sealed class TaskFaultException(FailureCategory category, Exception cause) : RelocationException(cause.Message, cause)
{
    internal FailureCategory Category { get; } = category;
}
