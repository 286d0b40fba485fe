namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>An attempt finds that its relocation does not go on any more: somebody else has ended it meanwhile.</summary>
internal sealed class TaskStoppedException() : RelocationException("The relocation was ended while a task of it ran.");
