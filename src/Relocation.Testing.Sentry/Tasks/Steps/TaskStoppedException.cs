namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>An attempt finds that its relocation was ended meanwhile.</summary>
internal sealed class TaskStoppedException() : RelocationException("The relocation was ended while a task of it ran.");
